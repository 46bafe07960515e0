import { DEFAULT_METRICS_PORT } from '@marquee/environment';
import { reservePort, SetupError } from '@marquee/servers';

/** The gateway's port unless `GATEWAY_PORT` says otherwise. */
export const DEFAULT_GATEWAY_PORT = 4_000;

/**
 * Reserves the port before anything slow starts.
 *
 * @throws {SetupError} when it cannot be used
 */
export async function requirePort(host: string, port: number): Promise<void> {
  try {
    await reservePort(host, port);
  } catch (error) {
    throw portError(error, host, port) ?? error;
  }
}

/** The error for the user when listening failed because of their settings; undefined for other failures. */
function portError(error: unknown, host: string, port: number): SetupError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const choose = 'Choose another one with GATEWAY_PORT.';
  if (code === 'EADDRINUSE') return new SetupError(`Port ${port} of ${host} is in use by another program. ${choose}`);
  if (code === 'EACCES') return new SetupError(`Port ${port} is reserved for root. ${choose}`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new SetupError(`HOST ${host} is not an address of this machine. Set HOST to one, such as 127.0.0.1.`);
  return undefined;
}

/** The host to connect to for a host to listen on, which may be a wildcard address. */
export function connectableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * The port from which a stack looks for a free one for its metrics; undefined for any. It listens there only once all is
 * ready, so stacks that start at once must not choose the same: each is as far from the usual one as its `GATEWAY_PORT`.
 */
export function nearMetricsPort(gatewayPort: number, index = 0): number | undefined {
  const near = DEFAULT_METRICS_PORT + gatewayPort - DEFAULT_GATEWAY_PORT + index;
  return near <= 65_535 ? near : undefined;
}

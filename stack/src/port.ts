import { reservePort, SetupError } from '@marquee/servers';

/**
 * Looks, before anything slow begins, whether the port can be had, and keeps others from getting it meanwhile.
 *
 * @throws {SetupError} when it cannot.
 */
export async function requirePort(host: string, port: number): Promise<void> {
  try {
    await reservePort(host, port);
  } catch (error) {
    throw portError(error, host, port) ?? error;
  }
}

/** What listening failed of, in the words of somebody who can change it; undefined when it was something else. */
function portError(error: unknown, host: string, port: number): SetupError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const choose = 'choose another one with GATEWAY_PORT';
  if (code === 'EADDRINUSE') return new SetupError(`Port ${port} of ${host} is in use by another program: ${choose}.`);
  if (code === 'EACCES') return new SetupError(`Port ${port} is not for ordinary users: ${choose}.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new SetupError(`HOST ${host} is no address of this machine.`);
  return undefined;
}

/** An address for listening everywhere is none to call. */
export function callable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

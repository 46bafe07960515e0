import { type Device, networkOf } from '@marquee/identity';

/** The client application and the network address of its requests. */
export interface Client extends Device {
  readonly address: string;
  /** The network that the limits count for the address. */
  readonly network: string;
  readonly name?: string;
  readonly version?: string;
}

/** The client's name and version: HTTP headers, or the same keys of a socket's `connection_init` payload. */
export type ClientHeaders = Readonly<Record<string, unknown>>;

/** A client without a name. */
export function clientAt(address: string, userAgent: string | undefined): Client {
  return { address, network: networkOf(address), userAgent: userAgent === undefined ? null : short(userAgent, 300) };
}

export function clientOf(headers: ClientHeaders, { address, network, userAgent }: Client): Client {
  const name = text(headers['apollographql-client-name']);
  const version = text(headers['apollographql-client-version']);
  return {
    address,
    network,
    userAgent,
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
  };
}

/** Names go to logs and metrics, so their length is limited. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? short(value, 100) : undefined;
}

/** Copies, because a slice keeps the whole string in memory as long as its socket lives. */
function short(value: string, length: number): string {
  return value.length <= length ? value : Buffer.from(value.slice(0, length)).toString();
}

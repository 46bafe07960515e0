import type { Device } from '@marquee/identity';

/** The client program, as it names itself, and where its requests come from. */
export interface Client extends Device {
  readonly address: string;
  readonly name?: string;
  readonly version?: string;
}

/** Client names as HTTP headers, or as the same keys of a socket's `connection_init`. */
export type ClientHeaders = Readonly<Record<string, unknown>>;

/** A client that has not named itself. Both values come from the network, so both are kept short. */
export function clientAt(address: string, userAgent: string | undefined): Client {
  return { address, userAgent: userAgent === undefined ? null : short(userAgent, 300) };
}

export function clientOf(headers: ClientHeaders, { address, userAgent }: Client): Client {
  const name = text(headers['apollographql-client-name']);
  const version = text(headers['apollographql-client-version']);
  return {
    address,
    userAgent,
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
  };
}

/** Client names end up in logs and metrics, so they are kept short. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? short(value, 100) : undefined;
}

/** A copy: a part of a string keeps all of it in memory, as long as a socket lives. */
function short(value: string, length: number): string {
  return value.length <= length ? value : Buffer.from(value.slice(0, length)).toString();
}

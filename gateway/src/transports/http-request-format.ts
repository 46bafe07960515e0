import { TIMEOUT_HEADER } from '@marquee/identity';
import type { SubgraphRequest } from './subgraph-transport.ts';

/** What no header may contain: above all line ends, which would begin a header that nobody meant to send. */
const INVALID_IN_HEADER = /[^\t\x20-\x7e\x80-\xff]/;

/** Writes requests to one URL. What is the same in all of them is made once. */
export class HttpRequestFormat {
  readonly #start: string;

  constructor({ pathname, search, host }: URL) {
    this.#start =
      `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n` +
      `content-type: application/json\r\naccept: application/json\r\n`;
  }

  /**
   * The headers that come from the caller.
   *
   * @throws {TypeError} when one of them cannot be sent
   */
  callerHeaders({ authorization, traceparent, device }: SubgraphRequest): string {
    let headers = '';
    if (authorization !== undefined) headers += header('authorization', authorization);
    if (traceparent !== undefined) headers += header('traceparent', traceparent);
    if (device?.address) headers += header('x-forwarded-for', device.address);
    if (device?.userAgent) headers += header('user-agent', device.userAgent);
    return headers;
  }

  /** A whole request in one string, each of whose characters is a byte. */
  message(callerHeaders: string, remainingMs: number, body: string): string {
    const length = Buffer.byteLength(body);
    const timeout = Math.max(1, Math.floor(remainingMs));
    const bytes = length === body.length ? body : Buffer.from(body).toString('latin1');
    return `${this.#start}${TIMEOUT_HEADER}: ${timeout}\r\n${callerHeaders}content-length: ${length}\r\n\r\n${bytes}`;
  }
}

function header(name: string, value: string): string {
  if (INVALID_IN_HEADER.test(value)) throw new TypeError(`the ${name} header has a character that cannot be sent`);
  return `${name}: ${value}\r\n`;
}

import type { IncomingMessage } from 'node:http';

/** The client's address: of the connection, or as the nearest proxies say where they are trusted. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = request.headers['x-forwarded-for'];
  const first = trustProxy && typeof forwarded === 'string' ? forwarded.split(',', 1)[0]?.trim() : undefined;
  return first || (request.socket.remoteAddress ?? '');
}

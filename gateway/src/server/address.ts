import type { IncomingMessage } from 'node:http';

/**
 * The client's address: of the connection, or as the outermost of our own proxies saw it. What stands before that in
 * `X-Forwarded-For`, the client may have made up.
 */
export function addressOf({ headers, socket }: IncomingMessage, trustedProxies: number): string {
  const forwarded = headers['x-forwarded-for'];
  const seen = typeof forwarded === 'string' ? forwarded.split(',').map((address) => address.trim()) : [];
  const addresses = [...seen, socket.remoteAddress ?? ''];
  return addresses[Math.max(0, addresses.length - 1 - trustedProxies)] ?? '';
}

import type { IncomingMessage } from 'node:http';

/**
 * The client's address: that of the connection, or the one that the outermost trusted proxy saw. Entries of
 * `X-Forwarded-For` before that one may be forged by the client.
 */
export function addressOf({ headers, socket }: IncomingMessage, trustedProxies: number): string {
  const forwarded = headers['x-forwarded-for'];
  const seen = typeof forwarded === 'string' ? forwarded.split(',').map((address) => address.trim()) : [];
  const addresses = [...seen, socket.remoteAddress ?? ''];
  return addresses[Math.max(0, addresses.length - 1 - trustedProxies)] ?? '';
}

import type { IncomingMessage } from 'node:http';

/**
 * The client's address: that of the connection, or the one appended by the outermost trusted proxy. The client can
 * forge earlier entries of `X-Forwarded-For`.
 */
export function addressOf({ headers, socket }: IncomingMessage, trustedProxies: number): string {
  const forwarded = headers['x-forwarded-for'];
  const seen = typeof forwarded === 'string' ? forwarded.split(',').map((address) => address.trim()) : [];
  const addresses = [...seen, socket.remoteAddress ?? ''];
  return addresses[Math.max(0, addresses.length - 1 - trustedProxies)] ?? '';
}

import { createHash, createHmac, hkdfSync } from 'node:crypto';

import type { HashToken, KeyedHash, SuccessorOf } from '../domain/token.ts';

export { randomBytes } from 'node:crypto';

/** SHA-256 of a token, in base64url. */
export const hashToken: HashToken = (token) => createHash('sha256').update(token).digest('base64url');

/** Successors by HMAC-SHA256, under a key derived from `encryptionKey`. */
export function successorsBy(encryptionKey: Uint8Array): SuccessorOf {
  const hash = keyedHashBy(encryptionKey, 'refresh-token-successor');
  return (refreshToken) => `refresh_${hash(refreshToken)}`;
}

/** HMAC-SHA256 in base64url, under a key for one purpose that is derived from `encryptionKey`. */
export function keyedHashBy(encryptionKey: Uint8Array, purpose: string): KeyedHash {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', purpose, 32));
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}

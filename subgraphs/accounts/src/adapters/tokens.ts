import { createHash, createHmac, hkdfSync } from 'node:crypto';

import type { HashToken, SuccessorOf } from '../domain/token.ts';

export { randomBytes } from 'node:crypto';

/** SHA-256 of a token, in base64url. */
export const hashToken: HashToken = (token) => createHash('sha256').update(token).digest('base64url');

/** Successors by HMAC-SHA256, under a key derived from `encryptionKey`. */
export function successorsBy(encryptionKey: Uint8Array): SuccessorOf {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'refresh-token-successor', 32));
  return (refreshToken) => `refresh_${createHmac('sha256', key).update(refreshToken).digest('base64url')}`;
}

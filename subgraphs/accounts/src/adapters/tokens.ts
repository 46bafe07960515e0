import { createHash, createHmac, hkdfSync } from 'node:crypto';

import type { HashToken, KeyedHash, SuccessorsOf } from '../domain/token.ts';

export { randomBytes } from 'node:crypto';

/** SHA-256 of a token, in base64url. */
export const hashToken: HashToken = (token) => createHash('sha256').update(token).digest('base64url');

/** Successors by HMAC-SHA256, under keys derived from the encryption keys. */
export function successorsBy([present, ...former]: EncryptionKeys): SuccessorsOf {
  const by = (key: Uint8Array) => keyedHashBy(key, 'refresh-token-successor');
  const [hash, hashes] = [by(present), former.map(by)];
  return (refreshToken) => [`refresh_${hash(refreshToken)}`, ...hashes.map((each) => `refresh_${each(refreshToken)}`)];
}

/** The key that seals, and others that open. */
export type EncryptionKeys = readonly [Uint8Array, ...Uint8Array[]];

/** HMAC-SHA256 in base64url, under a key for one purpose that is derived from `encryptionKey`. */
export function keyedHashBy(encryptionKey: Uint8Array, purpose: string): KeyedHash {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', purpose, 32));
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}

import { createHash } from 'node:crypto';

/** Gives so many bytes that nobody can guess. */
export type RandomBytes = (size: number) => Uint8Array;

/** A new token that nobody can guess: 256 random bits. @param kind says what it is, such as `refresh` */
export function opaqueToken(kind: string, random: RandomBytes): string {
  return `${kind}_${Buffer.from(random(32)).toString('base64url')}`;
}

/** What is kept of a token. Without salt: a token is random enough that its hash cannot be looked up. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

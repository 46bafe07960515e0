/** Cryptographically secure random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

/**
 * The hash under which a token is stored. It needs no salt or stretching: a token has too many random bits for its
 * hash to be reversed.
 */
export type HashToken = (token: string) => string;

/** A hash that only accounts can compute, so that what is guessable, such as an address, cannot be found by trying. */
export type KeyedHash = (text: string) => string;

/**
 * The successors of a refresh token, one by each encryption key, the present one's first. Derived rather than random, so that
 * a repeated exchange gives the same one although only hashes are stored.
 */
export type SuccessorsOf = (refreshToken: string) => readonly [string, ...string[]];

/** A new token of 256 random bits. @param kind its prefix, such as `refresh` */
export function newToken(kind: string, random: RandomBytes): string {
  return `${kind}_${Buffer.from(random(32)).toString('base64url')}`;
}

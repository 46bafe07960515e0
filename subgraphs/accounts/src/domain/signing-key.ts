import { ACCESS_TOKEN_SECONDS } from './access-token.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Time that a key signs before its successor takes over. */
const SIGNING_MS = 30 * DAY_MS;
/** Time between a key's publication and its first signature; verifiers refresh their copy of the keys meanwhile. */
const PUBLISHED_BEFORE_MS = 60 * MINUTE_MS;
/** Time that a replaced key stays published: until its last token has expired, plus a minute of clock skew. */
const PUBLISHED_AFTER_MS = ACCESS_TOKEN_SECONDS * 1000 + MINUTE_MS;

/** A public key as a JSON Web Key (RFC 8037). */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly kid: string;
  readonly alg: string;
  readonly use: string;
}

/** A new key pair; the private JWK is sealed. */
export interface KeyPair {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly sealedPrivateJwk: Uint8Array;
}

/** A stored key pair. */
export interface SigningKey extends KeyPair {
  /** 1, 2, 3 …: each key replaces the one before. */
  readonly generation: number;
  readonly createdAt: Date;
  readonly signsFrom: Date;
}

/** The key to sign with: the newest whose time has come, or the only one, if a process with a fast clock made it. */
export function signingKeyAt(newestFirst: readonly SigningKey[], at: Date): SigningKey {
  const key = newestFirst.find(({ signsFrom }) => signsFrom <= at) ?? newestFirst.at(-1);
  if (key === undefined) throw new Error('There is no signing key.');
  return key;
}

/** Keys that sign, will sign, or have signed tokens that are not expired. */
export function publishedKeysAt(newestFirst: readonly SigningKey[], at: Date): SigningKey[] {
  const isRetired = (index: number): boolean => {
    const successor = newestFirst[index - 1];
    return successor !== undefined && successor.signsFrom.getTime() + PUBLISHED_AFTER_MS < at.getTime();
  };
  return newestFirst.filter((_, index) => !isRetired(index));
}

/** When the next key starts to sign, if it is time to publish it; otherwise null. */
export function nextKeySignsFrom(newest: SigningKey, at: Date): Date | null {
  const publishesAt = newest.signsFrom.getTime() + SIGNING_MS - PUBLISHED_BEFORE_MS;
  return at.getTime() < publishesAt ? null : new Date(at.getTime() + PUBLISHED_BEFORE_MS);
}

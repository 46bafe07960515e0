import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JSONWebKeySet,
} from 'jose';
import type { SecretBox } from './secret-box.ts';
import { ACCESS_TOKEN_SECONDS } from './token-lifetimes.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a key signs before the next one takes over. */
const SIGNS_FOR_MS = 30 * DAY_MS;
/** How long a key is published before it signs: verifiers have fetched it by then. */
const PUBLISHED_BEFORE_MS = 60 * MINUTE_MS;
/** How long a replaced key stays published: until its last token has ended, clocks differing by a minute. */
const PUBLISHED_AFTER_MS = ACCESS_TOKEN_SECONDS * 1000 + MINUTE_MS;
/** How old the keys in memory may get; well below the time that a key is published before it signs. */
const READ_EVERY_MS = MINUTE_MS;

/** A key pair as it is kept. */
export interface SigningKey {
  readonly kid: string;
  /** 1, 2, 3 …: each key replaces the one before. */
  readonly generation: number;
  readonly publicJwk: JWK;
  /** The private JWK, sealed. */
  readonly sealedPrivateJwk: Uint8Array;
  readonly createdAt: Date;
  readonly signsFrom: Date;
}

/** The key pairs kept. */
export interface SigningKeys {
  /** The newest first; those too old to matter may be left out. */
  newest(count: number): Promise<SigningKey[]>;
  /** Adds a key unless its generation is there: of several processes one succeeds. */
  add(key: SigningKey): Promise<void>;
  /** Forgets those before a generation. */
  removeBefore(generation: number): Promise<void>;
}

/** What signs a token. */
export interface Signer {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

/** The keys that sign access tokens. */
export interface KeyRing {
  /** The key to sign with now; the first call ever makes one. */
  signer(): Promise<Signer>;
  /** The public keys of all tokens that are valid now or will be soon. */
  jwks(): Promise<JSONWebKeySet>;
  /** Adds the next key when it is time, and forgets keys that are not published any more. */
  rotate(): Promise<void>;
}

export interface KeyRingDeps {
  readonly keys: SigningKeys;
  readonly box: SecretBox;
  readonly now: () => Date;
}

/** A key ring over keys that several processes share. */
export function keyRing({ keys, box, now }: KeyRingDeps): KeyRing {
  let known: readonly SigningKey[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  const opened = new Map<string, Promise<CryptoKey>>();

  const current = async (): Promise<readonly SigningKey[]> => {
    const at = now();
    if (at.getTime() - readAt < READ_EVERY_MS && known.length > 0) return known;
    known = await keys.newest(3);
    if (known.length === 0) {
      await keys.add(await newKey(1, at, at, box));
      known = await keys.newest(3);
    }
    readAt = at.getTime();
    return known;
  };

  return {
    signer: async () => {
      const key = signingNow(await current(), now());
      const privateKey = opened.get(key.kid) ?? openKey(key, box);
      opened.set(key.kid, privateKey);
      return { kid: key.kid, privateKey: await privateKey };
    },
    jwks: async () => ({ keys: published(await current(), now()).map(({ publicJwk }) => ({ ...publicJwk })) }),
    rotate: async () => {
      const at = now();
      readAt = Number.NEGATIVE_INFINITY;
      const [newest] = await current();
      if (newest && at.getTime() >= newest.signsFrom.getTime() + SIGNS_FOR_MS - PUBLISHED_BEFORE_MS) {
        const signsFrom = new Date(at.getTime() + PUBLISHED_BEFORE_MS);
        await keys.add(await newKey(newest.generation + 1, at, signsFrom, box));
        readAt = Number.NEGATIVE_INFINITY;
      }
      const oldest = published(await current(), at).at(-1);
      if (oldest) await keys.removeBefore(oldest.generation);
    },
  };
}

/** The newest key whose time has come. Of a first key made by a process with a faster clock, that is the only one. */
function signingNow(newestFirst: readonly SigningKey[], at: Date): SigningKey {
  const key = newestFirst.find(({ signsFrom }) => signsFrom <= at) ?? newestFirst.at(-1);
  if (key === undefined) throw new Error('There is no signing key.');
  return key;
}

/** Those that sign, will sign, or have signed tokens that are still valid. */
function published(newestFirst: readonly SigningKey[], at: Date): SigningKey[] {
  const replacedLongAgo = (index: number): boolean => {
    const replacement = newestFirst[index - 1];
    return replacement !== undefined && replacement.signsFrom.getTime() + PUBLISHED_AFTER_MS < at.getTime();
  };
  return newestFirst.filter((_, index) => !replacedLongAgo(index));
}

async function newKey(generation: number, createdAt: Date, signsFrom: Date, box: SecretBox): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicPart = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicPart);
  const sealedPrivateJwk = box.seal(labelOf(kid), Buffer.from(JSON.stringify(await exportJWK(privateKey))));
  return {
    kid,
    generation,
    publicJwk: { ...publicPart, kid, alg: 'EdDSA', use: 'sig' },
    sealedPrivateJwk,
    createdAt,
    signsFrom,
  };
}

async function openKey({ kid, sealedPrivateJwk }: SigningKey, box: SecretBox): Promise<CryptoKey> {
  const jwk: JWK = JSON.parse(Buffer.from(box.open(labelOf(kid), sealedPrivateJwk)).toString());
  const key = await importJWK(jwk, 'EdDSA');
  if (key instanceof Uint8Array) throw new Error(`The signing key ${kid} is not an asymmetric key.`);
  return key;
}

function labelOf(kid: string): string {
  return `signing-key:${kid}`;
}

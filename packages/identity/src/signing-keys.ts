import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** Where the keys are: an address that serves a JWKS, or a function of this process that gives it. */
export type KeySource = URL | (() => JSONWebKeySet | Promise<JSONWebKeySet>);

/** The public keys that access tokens are signed with. */
export interface SigningKeys {
  readonly find: JWTVerifyGetKey;
  /** All of them, to be published again. */
  read(): Promise<JSONWebKeySet>;
}

export interface SigningKeysOptions {
  readonly now?: () => number;
  /** Fetched keys are fetched again after this time, ms. */
  readonly maxAgeMs?: number;
}

/** An unknown key id makes the keys be asked for again, at most this often, ms. */
const COOLDOWN_MS = 30_000;
const MAX_AGE_MS = 600_000;
const TIMEOUT_MS = 2_000;

/** The keys of a source, kept between two looks at it. */
export function signingKeys(
  source: KeySource,
  { now = Date.now, maxAgeMs = MAX_AGE_MS }: SigningKeysOptions = {},
): SigningKeys {
  return source instanceof URL ? fetched(source, maxAgeMs) : local(source, now);
}

/** While the address does not answer, the keys that it gave before still count. */
function fetched(address: URL, cacheMaxAge: number): SigningKeys {
  const remote = createRemoteJWKSet(address, {
    cooldownDuration: COOLDOWN_MS,
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge,
  });
  return {
    find: async (header, token) => {
      try {
        return await remote(header, token);
      } catch (error) {
        const known = remote.jwks();
        if (!known || error instanceof errors.JWKSNoMatchingKey) throw error;
        return createLocalJWKSet(known)(header, token);
      }
    },
    read: async () => {
      if (!remote.fresh) {
        try {
          await remote.reload();
        } catch (error) {
          if (!remote.jwks()) throw error;
        }
      }
      return remote.jwks() ?? { keys: [] };
    },
  };
}

/** The keys of this process, read again when a token names one that was not there before. */
function local(read: () => JSONWebKeySet | Promise<JSONWebKeySet>, now: () => number): SigningKeys {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  let readAt = 0;
  const refresh = (): Promise<JWTVerifyGetKey> => {
    readAt = now();
    keys = Promise.resolve(read()).then((set) => createLocalJWKSet(set));
    keys.catch(() => (keys = undefined));
    return keys;
  };
  return {
    find: async (header, token) => {
      const find = await (keys ?? refresh());
      try {
        return await find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || now() - readAt < COOLDOWN_MS) throw error;
        return (await refresh())(header, token);
      }
    },
    read: async () => read(),
  };
}

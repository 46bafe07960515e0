import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** The source of keys: the URL of a JWKS, or a function that returns one. */
export type KeySource = URL | (() => JSONWebKeySet | Promise<JSONWebKeySet>);

/** The public keys that verify access tokens. */
export interface SigningKeys {
  readonly find: JWTVerifyGetKey;
  /** All keys, to be published by the gateway too. */
  read(): Promise<JSONWebKeySet>;
}

export interface SigningKeysOptions {
  readonly now?: () => number;
  /** The time after which keys are fetched again, in milliseconds. */
  readonly maxAgeMs?: number;
}

/** The shortest time between two fetches caused by an unknown key id. */
const COOLDOWN_MS = 30_000;
const MAX_AGE_MS = 600_000;
const TIMEOUT_MS = 2_000;

/** The keys of a source, cached. */
export function signingKeys(
  source: KeySource,
  { now = Date.now, maxAgeMs = MAX_AGE_MS }: SigningKeysOptions = {},
): SigningKeys {
  return source instanceof URL ? fetched(source, maxAgeMs) : local(source, now);
}

/** Fetches keys from a URL; while that is unreachable, the keys fetched before are used. */
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

/** Reads keys of this process, again when a token names an unknown one. */
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

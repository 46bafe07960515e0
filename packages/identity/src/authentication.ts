import type { JSONWebKeySet } from 'jose';
import type { Log } from '@marquee/telemetry';
import type { Redis } from 'ioredis';
import { accessTokenVerifier } from './access-tokens.ts';
import { type Authenticate, authenticator } from './authenticate.ts';
import { RevokedSessions } from './revoked-sessions.ts';
import { type KeySource, signingKeys } from './signing-keys.ts';

/** The issuer of access tokens to trust. */
export interface TokenOptions {
  readonly jwks: KeySource;
  readonly issuer?: string;
  readonly audience?: string;
}

export interface AuthenticationOptions {
  readonly tokens: TokenOptions;
  readonly redis: Redis | undefined;
  readonly namespace: string;
  readonly log: Log;
  readonly now?: () => number;
}

export interface Authentication {
  readonly authenticate: Authenticate;
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
  /** The public keys that verify tokens. */
  readonly jwks: () => Promise<JSONWebKeySet>;
  stop(): Promise<void>;
}

/** Starts authentication. Without Redis, a session that is revoked lasts until its access token expires. */
export async function startAuthentication(options: AuthenticationOptions): Promise<Authentication> {
  const { redis, namespace, log, now = Date.now } = options;
  const { jwks, issuer, audience } = options.tokens;
  const keys = signingKeys(jwks, { now });
  const verify = accessTokenVerifier({ keys, issuer, audience, now });
  const parts = { jwks: () => keys.read() };
  if (!redis) {
    const authenticate = authenticator({ verify, now });
    return { ...parts, authenticate, onRevoked: () => () => {}, stop: async () => {} };
  }
  const revoked = new RevokedSessions({ redis, namespace, log, now });
  await revoked.start();
  return {
    ...parts,
    authenticate: authenticator({ verify, isRevoked: (sessionId) => revoked.has(sessionId), now }),
    onRevoked: (listener) => revoked.onRevoked(listener),
    stop: () => revoked.stop(),
  };
}

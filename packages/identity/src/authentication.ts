import type { JSONWebKeySet } from 'jose';
import type { Log } from '@marquee/telemetry';
import type { Redis } from 'ioredis';
import { accessTokenVerifier } from './access-tokens.ts';
import { type Authenticate, authenticator } from './authenticate.ts';
import { RevokedSessions } from './revoked-sessions.ts';
import { type KeySource, signingKeys } from './signing-keys.ts';

/** Whose access tokens count. */
export interface TokenOptions {
  readonly jwks: KeySource;
  readonly issuer?: string;
  readonly audience?: string;
}

export interface IdentityPartsOptions {
  readonly tokens: TokenOptions;
  readonly redis: Redis | undefined;
  readonly namespace: string;
  readonly log: Log;
  readonly now?: () => number;
}

export interface IdentityParts {
  readonly authenticate: Authenticate;
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
  /** The keys that tokens are verified with. */
  readonly jwks: () => Promise<JSONWebKeySet>;
  stop(): Promise<void>;
}

/** Verifies tokens, each once; without Redis no session ends before its token expires. */
export async function identityParts(options: IdentityPartsOptions): Promise<IdentityParts> {
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

import type { Log } from '@marquee/telemetry';
import type { Redis } from 'ioredis';
import { type AccessTokenOptions, accessTokenVerifier } from './access-tokens.ts';
import { type Authenticate, authenticator } from './identity.ts';
import { RevokedSessions } from './revoked-sessions.ts';

export interface IdentityPartsOptions {
  readonly tokens: AccessTokenOptions;
  readonly redis: Redis | undefined;
  readonly namespace: string;
  readonly log: Log;
  readonly now: () => number;
}

export interface IdentityParts {
  readonly authenticate: Authenticate;
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
  stop(): Promise<void>;
}

/** Tokens are verified here, and once; without Redis no session ends before its token expires. */
export async function identityParts({
  tokens,
  redis,
  namespace,
  log,
  now,
}: IdentityPartsOptions): Promise<IdentityParts> {
  const verify = accessTokenVerifier({ ...tokens, now });
  if (!redis) {
    return { authenticate: authenticator({ verify, now }), onRevoked: () => () => {}, stop: async () => {} };
  }
  const revoked = new RevokedSessions({ redis, namespace, log, now });
  await revoked.start();
  return {
    authenticate: authenticator({ verify, isRevoked: (sessionId) => revoked.has(sessionId), now }),
    onRevoked: (listener) => revoked.onRevoked(listener),
    stop: () => revoked.stop(),
  };
}

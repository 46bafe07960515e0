import { unauthenticated } from '@marquee/errors';
import { LRUCache } from 'lru-cache';
import { ANONYMOUS as ANONYMOUS_CALLER, type Caller, type UserCaller } from './caller.ts';
import { RefusedCredentialError } from './refused-credential.ts';
import type { VerifyAccessToken } from './access-tokens.ts';

/** The caller of a request, and the credential to forward to subgraphs. */
export interface Identity {
  readonly caller: Caller;
  /** The Authorization header; absent for anonymous callers. */
  readonly authorization?: string;
}

export interface AuthenticatorOptions {
  readonly verify: VerifyAccessToken;
  readonly isRevoked?: (sessionId: string) => boolean;
  readonly now?: () => number;
  /** The number of verified tokens to cache. */
  readonly cacheSize?: number;
}

/**
 * Authenticates a request by its Authorization header.
 *
 * A token's signature is verified once, since that costs more than a small query; expiry and revocation are checked each
 * time.
 *
 * @throws {CodedError} UNAUTHENTICATED when the credential is malformed, expired, not ours or revoked
 */
export type Authenticate = (authorization: string | undefined) => Identity | Promise<Identity>;

const ANONYMOUS: Identity = Object.freeze({ caller: ANONYMOUS_CALLER });

export function authenticator({
  verify,
  isRevoked = () => false,
  now = Date.now,
  cacheSize = 20_000,
}: AuthenticatorOptions): Authenticate {
  const verified = new LRUCache<string, Identity & { caller: UserCaller }>({ max: cacheSize });

  const checked = (identity: Identity & { caller: UserCaller }): Identity => {
    if (identity.caller.expiresAt.getTime() <= now())
      throw unauthenticated('The access token has expired. Refresh it or sign in again.');
    const { userId, sessionId } = identity.caller;
    if (isRevoked(sessionId)) {
      const message = 'Your session has ended. Sign in again.';
      throw new RefusedCredentialError('revoked-token-used', message, { userId, sessionId });
    }
    return identity;
  };

  const verifyNew = async (authorization: string): Promise<Identity> => {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) {
      const message = 'The Authorization header must be "Bearer <access token>".';
      throw new RefusedCredentialError('invalid-token', message, { detail: 'malformed' });
    }
    const identity = { caller: await verify(token), authorization };
    verified.set(authorization, identity);
    return checked(identity);
  };

  return (authorization) => {
    if (authorization === undefined) return ANONYMOUS;
    const known = verified.get(authorization);
    return known ? checked(known) : verifyNew(authorization);
  };
}

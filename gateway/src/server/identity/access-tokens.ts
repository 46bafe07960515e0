import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import type { Caller } from '../../types.ts';
import { unauthenticated } from './unauthenticated.ts';

export type UserCaller = Extract<Caller, { kind: 'user' }>;

/** Checks an access token's signature, issuer, audience and times. @throws UNAUTHENTICATED */
export type VerifyAccessToken = (token: string) => Promise<UserCaller>;

export interface AccessTokenOptions {
  /** Where the keys are: an address that serves a JWKS, or a function of this process that gives it. */
  readonly jwks: URL | (() => JSONWebKeySet | Promise<JSONWebKeySet>);
  readonly issuer?: string;
  readonly audience?: string;
  readonly now?: () => number;
}

/** An unknown key id makes the keys be asked for again, at most this often, ms. */
const KEYS_COOLDOWN_MS = 30_000;

export function accessTokenVerifier({
  jwks,
  issuer = 'marquee',
  audience = 'marquee-api',
  now = Date.now,
}: AccessTokenOptions): VerifyAccessToken {
  const keys =
    jwks instanceof URL ? createRemoteJWKSet(jwks, { cooldownDuration: KEYS_COOLDOWN_MS }) : local(jwks, now);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['EdDSA', 'Ed25519'],
        requiredClaims: ['sub', 'sid', 'exp'],
        currentDate: new Date(now()),
      });
      return callerOf(payload);
    } catch (error) {
      throw unauthenticated(
        error instanceof errors.JWTExpired ? 'The access token has expired.' : 'The access token is not valid.',
      );
    }
  };
}

/** The keys of this process, read again when a token names one that was not there before. */
function local(read: () => JSONWebKeySet | Promise<JSONWebKeySet>, now: () => number): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  let readAt = 0;
  const refresh = () => {
    readAt = now();
    keys = Promise.resolve(read()).then((set) => createLocalJWKSet(set));
    keys.catch(() => (keys = undefined));
    return keys;
  };
  return async (header, token) => {
    try {
      return await (
        await (keys ?? refresh())
      )(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now() - readAt < KEYS_COOLDOWN_MS) throw error;
      return (await refresh())(header, token);
    }
  };
}

function callerOf(payload: JWTPayload): UserCaller {
  const { sub, sid, roles, scope, exp } = payload;
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') {
    throw unauthenticated('The access token is not valid.');
  }
  return {
    kind: 'user',
    userId: sub,
    sessionId: sid,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    scopes: typeof scope === 'string' ? scope.split(' ').filter((part) => part !== '') : [],
    expiresAt: new Date(exp * 1000),
  };
}

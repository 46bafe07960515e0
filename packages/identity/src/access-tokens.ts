import { unauthenticated } from '@marquee/errors';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { UserCaller } from './caller.ts';
import { RefusedCredentialError } from './refused-credential.ts';
import type { SigningKeys } from './signing-keys.ts';

/**
 * Verifies an access token's signature, issuer, audience and expiry.
 *
 * @throws {CodedError} UNAUTHENTICATED when the token is invalid; another error when the keys cannot be fetched
 */
export type VerifyAccessToken = (token: string) => Promise<UserCaller>;

export interface AccessTokenOptions {
  readonly keys: SigningKeys;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  readonly now?: () => number;
}

export function accessTokenVerifier({
  keys,
  issuer = 'marquee',
  audience = 'marquee-api',
  now = Date.now,
}: AccessTokenOptions): VerifyAccessToken {
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        issuer,
        audience,
        algorithms: ['EdDSA', 'Ed25519'],
        requiredClaims: ['sub', 'sid', 'exp'],
        currentDate: new Date(now()),
      });
      return callerOf(payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw unauthenticated('The access token has expired. Refresh it or sign in again.');
      if (isTokenError(error)) {
        throw new RefusedCredentialError('invalid-token', 'The access token is not valid. Sign in again.', {
          detail: error.code,
        });
      }
      throw error;
    }
  };
}

const TOKEN_ERRORS = [
  errors.JWTInvalid,
  errors.JWTClaimValidationFailed,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

function isTokenError(error: unknown): error is errors.JOSEError {
  return TOKEN_ERRORS.some((kind) => error instanceof kind);
}

function callerOf(payload: JWTPayload): UserCaller {
  const { sub, sid, roles, scope, exp, auth_time: authTime, email_verified: emailVerified } = payload;
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') {
    throw new errors.JWTInvalid('a claim has the wrong type');
  }
  return {
    kind: 'user',
    userId: sub,
    sessionId: sid,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    scopes: typeof scope === 'string' ? scope.split(' ').filter((part) => part !== '') : [],
    authenticatedAt: new Date(typeof authTime === 'number' ? authTime * 1000 : 0),
    emailVerified: emailVerified === true,
    expiresAt: new Date(exp * 1000),
  };
}

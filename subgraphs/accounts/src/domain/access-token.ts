import { scopesOf } from './scopes.ts';
import type { User } from './user.ts';

/** Validity of an access token, in seconds. */
export const ACCESS_TOKEN_SECONDS = 600;

const ISSUER = 'marquee';
const AUDIENCE = 'marquee-api';

/** The claims of an access token. Times are seconds since the epoch. */
export interface AccessTokenClaims {
  readonly iss: string;
  readonly aud: string;
  /** The user's id. */
  readonly sub: string;
  /** The session's id. */
  readonly sid: string;
  readonly roles: readonly string[];
  /** Separated by spaces. */
  readonly scope: string;
  readonly iat: number;
  readonly exp: number;
}

/** Access tokens as signed JWTs. */
export interface AccessTokens {
  sign(claims: AccessTokenClaims): Promise<string>;
}

/** The claims of a user's access token in a session. */
export function accessTokenClaims(user: User, sessionId: string, at: Date): AccessTokenClaims {
  const issuedAt = Math.floor(at.getTime() / 1000);
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: user.id,
    sid: sessionId,
    roles: user.roles,
    scope: scopesOf(user.roles).join(' '),
    iat: issuedAt,
    exp: issuedAt + ACCESS_TOKEN_SECONDS,
  };
}

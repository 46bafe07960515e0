import { scopesOf } from './scopes.ts';
import type { User } from './user.ts';

/** Validity of an access token, in seconds. */
export const ACCESS_TOKEN_SECONDS = 600;

const ISSUER = 'marquee';
const AUDIENCE = 'marquee-api';

/** The claims of an access token. */
export type AccessTokenClaims = ReturnType<typeof accessTokenClaims>;

/** Makes an access token, a signed JWT. */
export type SignAccessToken = (claims: AccessTokenClaims) => Promise<string>;

/** The claims of a user's access token: `sid` is the session's id, times are seconds since the epoch. */
export function accessTokenClaims({ id, roles }: User, sessionId: string, at: Date) {
  const issuedAt = Math.floor(at.getTime() / 1000);
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: id,
    sid: sessionId,
    roles,
    scope: scopesOf(roles).join(' '),
    iat: issuedAt,
    exp: issuedAt + ACCESS_TOKEN_SECONDS,
  };
}

import type { OrganisationRole } from '@marquee/subgraph';

import { scopesOf } from './scopes.ts';
import type { SignedIn } from './session.ts';

/** Validity of an access token, in seconds. */
export const ACCESS_TOKEN_SECONDS = 600;

const ISSUER = 'marquee';
const AUDIENCE = 'marquee-api';

/** The claims of an access token. */
export type AccessTokenClaims = ReturnType<typeof accessTokenClaims>;

/** Makes an access token, a signed JWT. */
export type SignAccessToken = (claims: AccessTokenClaims) => Promise<string>;

/** The claims of an access token: `sid` is the session's id, times are seconds since the epoch. */
export function accessTokenClaims(
  { user, sessionId, authenticatedAt }: SignedIn,
  inOrganisations: readonly OrganisationRole[],
  at: Date,
) {
  const { id, roles, emailVerifiedAt } = user;
  const issuedAt = seconds(at);
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: id,
    sid: sessionId,
    roles,
    scope: scopesOf(roles, inOrganisations).join(' '),
    auth_time: seconds(authenticatedAt),
    email_verified: emailVerifiedAt !== null,
    iat: issuedAt,
    exp: issuedAt + ACCESS_TOKEN_SECONDS,
  };
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

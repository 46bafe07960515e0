import { accessTokenClaims, type SignAccessToken } from '../domain/access-token.ts';
import type { Organisations } from '../domain/organisation-ports.ts';
import type { SignedIn } from '../domain/session.ts';

export interface IssueAccessTokenDeps {
  readonly organisations: Pick<Organisations, 'membershipsOf'>;
  readonly signAccessToken: SignAccessToken;
  readonly now: () => Date;
}

/** An access token of an open session, with the scopes of the person's roles, in organisations too. */
export async function issueAccessToken(
  { organisations, signAccessToken, now }: IssueAccessTokenDeps,
  signedIn: SignedIn,
): Promise<string> {
  const roles =
    signedIn.inOrganisations ?? (await organisations.membershipsOf([signedIn.user.id])).map(({ role }) => role);
  return signAccessToken(accessTokenClaims(signedIn, roles, now()));
}

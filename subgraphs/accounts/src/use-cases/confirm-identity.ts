import { badInput, forbidden, notFound, unauthenticated } from '@marquee/errors';

import { ACCESS_TOKEN_SECONDS } from '../domain/access-token.ts';
import type { Sessions } from '../domain/ports.ts';
import { issueAccessToken, type IssueAccessTokenDeps } from './issue-access-token.ts';
import { type IdentityProof, type ProveIdentityDeps, provePassword, proveSecondFactor } from './prove-identity.ts';

export interface ConfirmIdentityDeps extends ProveIdentityDeps, IssueAccessTokenDeps {
  readonly sessions: Pick<Sessions, 'authenticate'>;
}

/**
 * Makes a session's sign-in fresh again, by the password, or by a code where the account has a second factor.
 *
 * @returns an access token that says so
 * @throws {IncorrectPasswordError}
 * @throws {InvalidSecondFactorError}
 * @throws {CodedError} BAD_USER_INPUT when the wrong one of the two is given
 * @throws {CodedError} FORBIDDEN when the account has neither: a new sign-in is the proof
 * @throws {CodedError} RATE_LIMITED
 */
export async function confirmIdentity(
  deps: ConfirmIdentityDeps,
  { password, code, ...proof }: IdentityProof & { readonly password: string | null; readonly code: string | null },
): Promise<{ accessToken: string; expiresIn: number }> {
  const { session } = proof;
  const account = await deps.users.credentialsOfUser(session.userId);
  if (account === null) throw notFound('user');
  if (account.secondFactor) {
    if (code === null) throw badInput('input.code', 'Enter a code: this account has a second factor.');
    await proveSecondFactor(deps, { session, code });
  } else {
    if (account.passwordHash === null) throw forbidden('Sign in again to confirm that this is you.');
    if (password === null) throw badInput('input.password', 'Enter your password.');
    await provePassword(deps, { ...proof, password });
  }
  const authenticatedAt = deps.now();
  if (!(await deps.sessions.authenticate(session, authenticatedAt))) throw unauthenticated();
  const signedIn = { user: account.user, sessionId: session.sessionId, authenticatedAt };
  return { accessToken: await issueAccessToken(deps, signedIn), expiresIn: ACCESS_TOKEN_SECONDS };
}

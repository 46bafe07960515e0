import { badInput, forbidden, notFound, unauthenticated } from '@marquee/errors';

import { ACCESS_TOKEN_SECONDS } from '../domain/access-token.ts';
import type { Sessions } from '../domain/ports.ts';
import type { User } from '../domain/user.ts';
import { InvalidPasskeyError } from '../errors.ts';
import { issueAccessToken, type IssueAccessTokenDeps } from './issue-access-token.ts';
import { type IdentityProof, type ProveIdentityDeps, provePassword, proveSecondFactor } from './prove-identity.ts';
import { type PasskeyAnswer, verifyPasskey, type VerifyPasskeyDeps } from './verify-passkey.ts';

export interface ConfirmIdentityDeps extends ProveIdentityDeps, IssueAccessTokenDeps, VerifyPasskeyDeps {
  readonly sessions: Pick<Sessions, 'authenticate'>;
}

export interface ConfirmIdentityInput extends IdentityProof {
  readonly password: string | null;
  readonly code: string | null;
  readonly passkey: PasskeyAnswer | null;
}

/**
 * Makes a session's sign-in fresh again: by a passkey, a code where the account has a second factor, or the password.
 *
 * @returns an access token that says so
 * @throws {IncorrectPasswordError}
 * @throws {InvalidSecondFactorError}
 * @throws {InvalidPasskeyError}
 * @throws {CodedError} BAD_USER_INPUT when the proof that the account needs is not given
 * @throws {CodedError} FORBIDDEN when the account has none to give: a new sign-in is the proof
 * @throws {CodedError} RATE_LIMITED
 */
export async function confirmIdentity(
  deps: ConfirmIdentityDeps,
  input: ConfirmIdentityInput,
): Promise<{ accessToken: string; expiresIn: number }> {
  const { session, device, passkey } = input;
  const user = passkey === null ? await byKnowledge(deps, input) : await verifyPasskey(deps, { ...passkey, device });
  // Also somebody else's passkey is one that this person cannot use.
  if (user?.id !== session.userId) throw new InvalidPasskeyError();
  const authenticatedAt = deps.now();
  if (!(await deps.sessions.authenticate(session, authenticatedAt))) throw unauthenticated();
  const signedIn = { user, sessionId: session.sessionId, authenticatedAt };
  return { accessToken: await issueAccessToken(deps, signedIn), expiresIn: ACCESS_TOKEN_SECONDS };
}

async function byKnowledge(
  deps: ConfirmIdentityDeps,
  { password, code, ...proof }: ConfirmIdentityInput,
): Promise<User> {
  const { session } = proof;
  const account = await deps.users.credentialsOfUser(session.userId);
  if (account === null) throw notFound('user');
  if (account.secondFactor) {
    if (code === null) throw badInput('input.code', 'Enter a code: this account has a second factor.');
    await proveSecondFactor(deps, { session, code });
  } else {
    if (account.passwordHash === null)
      throw forbidden('Use your passkey, or sign in again, to confirm that this is you.');
    if (password === null) throw badInput('input.password', 'Enter your password.');
    await provePassword(deps, { ...proof, password });
  }
  return account.user;
}

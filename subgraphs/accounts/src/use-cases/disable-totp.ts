import { notFound } from '@marquee/errors';

import type { CredentialChanges } from '../domain/ports.ts';
import type { SessionReference } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';
import { type ProveIdentityDeps, proveSecondFactor } from './prove-identity.ts';

export interface DisableTotpDeps extends ProveIdentityDeps, AnnounceChangeDeps {
  readonly credentialChanges: Pick<CredentialChanges, 'disableTotp'>;
}

/**
 * Removes the authenticator app and the recovery codes, given one of their codes. Other sessions end.
 *
 * @throws {InvalidSecondFactorError}
 * @throws {CodedError} NOT_FOUND when there is no app
 * @throws {CodedError} RATE_LIMITED
 */
export async function disableTotp(
  deps: DisableTotpDeps,
  { session, code }: { session: SessionReference; code: string },
): Promise<User> {
  const { userId, sessionId: keep } = session;
  const account = await deps.users.credentialsOfUser(userId);
  if (account === null || !account.secondFactor) throw notFound('authenticator app');
  await proveSecondFactor(deps, { session, code });
  const at = deps.now();
  const ended = await deps.credentialChanges.disableTotp({ userId, keep, at });
  if (ended === null) throw notFound('authenticator app');
  await announceChange(deps, { by: session, detail: 'TOTP_DISABLED', ended, at });
  return account.user;
}

import { notFound } from '@marquee/errors';
import { assertFreshSignIn, type Device, type UserCaller } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { type Erasures, REPEAT_AFTER_DAYS } from '../domain/erasure.ts';
import { type AnnounceRevocations, revokedSession } from '../domain/revocation.ts';
import { IncorrectPasswordError } from '../errors.ts';
import { type ProveIdentityDeps, provePassword } from './prove-identity.ts';

export interface EraseAccountDeps extends ProveIdentityDeps {
  readonly erasures: Erasures;
  readonly announceRevocations: AnnounceRevocations;
  readonly securityEvent: RecordSecurityEvent;
}

/**
 * Erases the account of somebody who is signed in, at once. All sessions end, and the address is free again.
 *
 * @returns the id of the account
 * @throws {IncorrectPasswordError} also when the password has been changed meanwhile
 * @throws {LastOwnerError}
 * @throws {LastAdministratorError}
 * @throws {CodedError} FORBIDDEN when the account has a second factor or no password, and the sign-in is not fresh
 * @throws {CodedError} RATE_LIMITED
 */
export async function eraseAccount(
  deps: EraseAccountDeps,
  { caller, device, password }: { caller: UserCaller; device: Device; password: string },
): Promise<string> {
  const known = await deps.users.credentialsOfUser(caller.userId);
  if (known === null) throw notFound('user');
  const hasPassword = known.passwordHash !== null;
  const { user, secondFactor } = hasPassword ? await provePassword(deps, { session: caller, device, password }) : known;
  if (secondFactor || !hasPassword) assertFreshSignIn(caller, deps.now());
  const at = deps.now();
  const ended = await deps.erasures.erase(user, at);
  if (ended === null) throw new IncorrectPasswordError();
  const { userId, sessionId } = caller;
  deps.securityEvent('credentials-changed', { userId, sessionId, detail: 'ACCOUNT_ERASED' });
  await deps.announceRevocations(ended.map((id) => revokedSession(id, at)));
  return user.id;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Tells all subgraphs of older erasures again, and completes those that all have done since. */
export async function completeErasures({ erasures, now }: Pick<EraseAccountDeps, 'erasures' | 'now'>): Promise<void> {
  const at = now();
  await erasures.repeat(new Date(at.getTime() - REPEAT_AFTER_DAYS * DAY_MS), at);
  await erasures.complete(at);
}

import { badInput, forbidden, notFound } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';

import type { AccountAction, ActedUpon, Administration } from '../domain/administration.ts';
import { type AnnounceRevocations, revokedSession } from '../domain/revocation.ts';
import { type Role, ROLES, type User, type UserStatus } from '../domain/user.ts';

export interface AdministerAccountDeps {
  readonly administration: Administration;
  readonly announceRevocations: AnnounceRevocations;
  readonly now: () => Date;
}

interface Target {
  readonly caller: UserCaller;
  readonly userId: string;
}

/** Sets a person's roles; everybody is a customer. @throws {LastAdministratorError} @throws {CodedError} */
export async function setRoles(
  deps: AdministerAccountDeps,
  { roles, ...target }: Target & { readonly roles: readonly Role[] },
): Promise<User> {
  const wanted = ROLES.filter((role) => role === 'CUSTOMER' || roles.includes(role));
  const { user } = await act(deps, target, (action) => deps.administration.setRoles(action, wanted));
  return user;
}

const MAX_REASON_LENGTH = 500;

/** Suspends or restores an account. @throws {LastAdministratorError} @throws {CodedError} */
export async function setStatus(
  deps: AdministerAccountDeps,
  { status, reason: typed, ...target }: Target & { readonly status: UserStatus; readonly reason: string },
): Promise<User> {
  const reason = typed.trim();
  if (reason === '' || [...reason].length > MAX_REASON_LENGTH) {
    throw badInput('reason', `Give a reason of at most ${MAX_REASON_LENGTH} characters.`);
  }
  const { user } = await act(deps, target, (action) => deps.administration.setStatus(action, status, reason));
  return user;
}

/** Ends all sessions of a person. @throws {CodedError} */
export function endUserSessions(deps: AdministerAccountDeps, target: Target): Promise<ActedUpon> {
  return act(deps, target, (action) => deps.administration.endSessions(action));
}

/** @throws {CodedError} FORBIDDEN on one's own account or without a fresh sign-in, NOT_FOUND when there is none */
async function act(
  { announceRevocations, now }: AdministerAccountDeps,
  { caller, userId }: Target,
  run: (action: AccountAction) => Promise<ActedUpon | null>,
): Promise<ActedUpon> {
  if (userId === caller.userId) throw forbidden('Ask another administrator to change your own account.');
  const at = now();
  assertFreshSignIn(caller, at);
  const acted = await run({ userId, actorId: caller.userId, at });
  if (acted === null) throw notFound('user');
  await announceRevocations(acted.ended.map((id) => revokedSession(id, at)));
  return acted;
}

import { notFound } from '@marquee/errors';
import { assertFreshSignIn, type OrganisationRole, type UserCaller } from '@marquee/subgraph';

import { isPowerful } from '../domain/invitation.ts';
import type { Organisations } from '../domain/organisation-ports.ts';
import { requireOrganisation } from './require-organisation.ts';

export interface SetMemberRoleDeps {
  readonly organisations: Pick<Organisations, 'findMany' | 'membershipsOf' | 'setRole'>;
  readonly now: () => Date;
}

export interface SetMemberRoleInput {
  readonly caller: UserCaller;
  readonly organisationId: string;
  readonly userId: string;
  /** Null removes the member. */
  readonly role: OrganisationRole | null;
}

/**
 * Gives a member another role, or removes them. Everybody may leave.
 *
 * @throws {LastOwnerError} when the organisation would have no owner
 * @throws {CodedError} NOT_FOUND, FORBIDDEN when the caller does not give or take these roles, or makes an owner or
 *   finance without a fresh sign-in
 */
export async function setMemberRole(deps: SetMemberRoleDeps, input: SetMemberRoleInput): Promise<void> {
  const { caller, organisationId, userId, role } = input;
  for (;;) {
    const organisation = await requireOrganisation(deps, organisationId, caller, [userId]);
    const from = organisation.roleOf(userId);
    const isLeaving = userId === caller.userId && role === null;
    if (!isLeaving) organisation.assertMayGive(...(from ? [from] : []), ...(role ? [role] : []));
    if (from === null) throw notFound('member');
    if (isPowerful(role)) assertFreshSignIn(caller, deps.now());
    const by = { byUserId: caller.userId, byRole: organisation.roleOf(caller.userId) };
    const change = { organisationId, userId, from, to: role, ...by };
    if (from === role || (await deps.organisations.setRole(change))) return;
  }
}

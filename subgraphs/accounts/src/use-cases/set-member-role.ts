import { notFound } from '@marquee/errors';
import type { OrganisationRole, UserCaller } from '@marquee/subgraph';

import type { Organisations } from '../domain/ports.ts';
import { requireOrganisation } from './require-organisation.ts';

export interface SetMemberRoleDeps {
  readonly organisations: Pick<Organisations, 'findMany' | 'membershipsOf' | 'setRole'>;
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
 * @throws {CodedError} NOT_FOUND, FORBIDDEN when the caller does not give or take these roles
 */
export async function setMemberRole(deps: SetMemberRoleDeps, input: SetMemberRoleInput): Promise<void> {
  const { caller, organisationId, userId, role } = input;
  for (;;) {
    const organisation = await requireOrganisation(deps, organisationId, caller, [userId]);
    const from = organisation.roleOf(userId);
    const isLeaving = userId === caller.userId && role === null;
    if (!isLeaving) organisation.assertMayGive(...(from ? [from] : []), ...(role ? [role] : []));
    if (from === null) throw notFound('member');
    const change = { organisationId, userId, from, to: role, byUserId: caller.userId };
    if (from === role || (await deps.organisations.setRole(change))) return;
  }
}

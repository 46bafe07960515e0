import { forbidden, notFound } from '@marquee/errors';
import { assertMayDo, hasScope, type OrganisationRole, type UserCaller } from '@marquee/subgraph';

import { mayGive } from '../domain/invitation.ts';
import type { Organisations } from '../domain/organisation-ports.ts';

/** Lets an administrator appoint the members of any organisation, as an owner does. */
const WRITE_USERS = 'users:write';

export interface RequireOrganisationDeps {
  readonly organisations: Pick<Organisations, 'findMany' | 'membershipsOf'>;
}

/** An organisation and the roles in it, as a change of its members needs them. */
export interface OrganisationWithRoles {
  /** The role of a person; null for whoever does not work there. */
  roleOf(userId: string): OrganisationRole | null;
  /** @throws {CodedError} FORBIDDEN unless the caller gives and takes these roles there */
  assertMayGive(...roles: readonly OrganisationRole[]): void;
}

/** @throws {CodedError} NOT_FOUND */
export async function requireOrganisation(
  { organisations }: RequireOrganisationDeps,
  organisationId: string,
  caller: UserCaller,
  others: readonly string[] = [],
): Promise<OrganisationWithRoles> {
  const userIds = [...new Set([caller.userId, ...others])];
  const [[organisation], memberships] = await Promise.all([
    organisations.findMany([organisationId]),
    organisations.membershipsOf(userIds),
  ]);
  if (!organisation) throw notFound('organisation');
  const here = memberships.filter((each) => each.organisationId === organisationId);
  const roleOf = (userId: string) => here.find((each) => each.userId === userId)?.role ?? null;
  return {
    roleOf,
    assertMayGive: (...roles) => {
      if (hasScope(caller, WRITE_USERS)) return;
      const own = here.filter(({ userId }) => userId === caller.userId);
      assertMayDo('MEMBERS', organisationId, own);
      if (own[0] && mayGive(own[0].role, roles)) return;
      throw forbidden('Managers appoint the box office and scanners. Ask an owner to do this.');
    },
  };
}

import {
  assertMayDo,
  type Caller,
  type EntityReference,
  type FindOrganisationRoles,
  ownerOr,
  requireUser,
} from '@marquee/subgraph';

/** Lets support see at which venues a person works. */
const READ_USERS = 'users:read';

export const oneself = ownerOr(READ_USERS, ({ id }: EntityReference) => id);

/** Tells who works for which organisation. */
export interface ManagerDeps {
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/** A venue or a title: it belongs to an organisation. */
interface Managed {
  readonly organisationId: string;
}

/**
 * Its organisation's owners and managers change it, and administrators.
 *
 * @returns the caller's id
 * @throws {CodedError} FORBIDDEN
 */
export async function requireManager(
  { findOrganisationRoles }: ManagerDeps,
  caller: Caller,
  { organisationId }: Managed,
): Promise<string> {
  const userId = requireUser(caller);
  if (caller.kind === 'user' && caller.roles.includes('ADMIN')) return userId;
  assertMayDo('CATALOG', organisationId, await findOrganisationRoles(userId));
  return userId;
}

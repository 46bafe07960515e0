import { forbidden } from '@marquee/errors';
import {
  assertMayDo,
  type Caller,
  type FindOrganisationRoles,
  hasScope,
  organisationsFor,
  requireUser,
} from '@marquee/subgraph';

/** Lets administrators manage every coupon. */
const MANAGE_ANY = 'coupons:write';

export interface AccessDeps {
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/**
 * A coupon is managed by administrators, one of an organisation also by its members whose role includes coupons.
 *
 * @param organisationId null for the marketplace's own
 * @returns the caller's id
 * @throws {CodedError} UNAUTHENTICATED or FORBIDDEN
 */
export async function requireManager(
  { findOrganisationRoles }: AccessDeps,
  caller: Caller,
  organisationId: string | null,
): Promise<string> {
  const userId = requireUser(caller);
  if (hasScope(caller, MANAGE_ANY)) return userId;
  if (organisationId === null) throw forbidden('Name an organisation of yours: coupons for all shows are not yours.');
  assertMayDo('COUPONS', organisationId, await findOrganisationRoles(userId));
  return userId;
}

/**
 * The organisations whose coupons the caller manages; null for all coupons, which administrators do.
 *
 * @throws {CodedError} UNAUTHENTICATED, or FORBIDDEN when there are none
 */
export async function managedOrganisations(
  { findOrganisationRoles }: AccessDeps,
  caller: Caller,
): Promise<readonly string[] | null> {
  const userId = requireUser(caller);
  if (hasScope(caller, MANAGE_ANY)) return null;
  const managed = organisationsFor('COUPONS', await findOrganisationRoles(userId));
  if (managed.length === 0) throw forbidden('Only owners and managers of an organisation see its coupons.');
  return managed;
}

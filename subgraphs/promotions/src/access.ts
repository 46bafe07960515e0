import { forbidden } from '@marquee/errors';
import { assertMayDo, type Caller, type FindOrganisationRoles, hasScope, requireUser } from '@marquee/subgraph';

/** Lets administrators manage every coupon. */
const MANAGE_ANY = 'coupons:write';

export interface AccessDeps {
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/**
 * A coupon is managed by administrators, one of an organisation also by its members whose role includes coupons.
 *
 * @param organisationId null for the marketplace's own, and for all
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

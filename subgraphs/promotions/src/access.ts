import { forbidden } from '@marquee/errors';
import { type Caller, type FindOrganisationRoles, hasScope, requireUser } from '@marquee/subgraph';

/** Lets administrators manage every coupon. */
const MANAGE_ANY = 'coupons:write';
/** The roles in an organisation that manage its coupons. */
const MANAGERS: ReadonlySet<string> = new Set(['OWNER', 'MANAGER']);

export interface AccessDeps {
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/**
 * A coupon is managed by administrators, one of an organisation also by its owner and managers.
 *
 * @param organisationId null for the marketplace's own, and for all
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
  const own = (await findOrganisationRoles(userId)).find((each) => each.organisationId === organisationId);
  if (!own) throw forbidden('This organisation is somebody else’s.');
  if (!MANAGERS.has(own.role)) throw forbidden('Ask the owner of the organisation for the role of a manager.');
  return userId;
}

import type { FindOrganisationRoles } from '@marquee/subgraph';

import { type Coupon, fundingOf } from '../domain/coupon.ts';
import type { Sale } from '../domain/sale.ts';

export interface WorksForOrganiserDeps {
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/** Whether a customer is a member of the organisation whose show is sold; nobody is asked unless the marketplace pays. */
export async function worksForOrganiser(
  { findOrganisationRoles }: WorksForOrganiserDeps,
  coupon: Coupon,
  { customerId, organisationId }: Sale,
): Promise<boolean> {
  if (organisationId === null || fundingOf(coupon) === 'ORGANISATION') return false;
  const roles = await findOrganisationRoles(customerId);
  return roles.some((role) => role.organisationId === organisationId);
}

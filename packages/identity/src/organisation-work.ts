import { forbidden } from '@marquee/errors';

import type { OrganisationRoleOf } from './organisation-roles.ts';

export const ORGANISATION_ROLES = ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE'] as const;

/** A member's role in an organisation. */
export type OrganisationRole = (typeof ORGANISATION_ROLES)[number];

/** The work for an organisation, and the roles that do it. */
export const ROLES_FOR = {
  /** Opens venues, adds titles and schedules shows. */
  CATALOG: ['OWNER', 'MANAGER'],
  /** Scans tickets, at a gate with or without a network, and sees who is there. */
  CHECK_IN: ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER'],
  /** Keeps seats from sale, and gives tickets away. */
  SEATS: ['OWNER', 'MANAGER', 'BOX_OFFICE'],
  /** Looks bookings up. */
  BOOKINGS: ['OWNER', 'MANAGER', 'BOX_OFFICE', 'FINANCE'],
  /** Follows sales and reports them. */
  SALES: ['OWNER', 'MANAGER', 'FINANCE'],
  /** Makes coupons. */
  COUPONS: ['OWNER', 'MANAGER'],
  /** Advertises. */
  CAMPAIGNS: ['OWNER', 'MANAGER'],
  /** Answers reviews in public. */
  REVIEWS: ['OWNER', 'MANAGER'],
  /** Sees what the organisation is owed, and requests payouts. */
  FINANCE: ['OWNER', 'FINANCE'],
  /** Invites members, changes their roles and removes them. */
  MEMBERS: ['OWNER', 'MANAGER'],
} as const satisfies Readonly<Record<string, readonly OrganisationRole[]>>;

export type OrganisationWork = keyof typeof ROLES_FOR;

/** Whether a role does the work; no role does none. */
export function mayDo(work: OrganisationWork, role: string | null): boolean {
  return ROLES_FOR[work].some((allowed) => allowed === role);
}

/** The organisations for which somebody with these roles does the work. */
export function organisationsFor(work: OrganisationWork, roles: readonly OrganisationRoleOf[]): string[] {
  return roles.filter(({ role }) => mayDo(work, role)).map(({ organisationId }) => organisationId);
}

/** @throws {CodedError} FORBIDDEN unless the roles include one that does the work for the organisation */
export function assertMayDo(
  work: OrganisationWork,
  organisationId: string,
  roles: readonly OrganisationRoleOf[],
): void {
  const own = roles.find((each) => each.organisationId === organisationId);
  if (!own) throw forbidden('This belongs to an organisation that you do not work for.');
  if (!mayDo(work, own.role)) {
    throw forbidden('Your role in the organisation does not include this. Ask its owner for another role.');
  }
}

import { mayDo, type OrganisationRole, type OrganisationWork } from '@marquee/subgraph';

import type { Role } from './user.ts';

const SCOPES: Readonly<Record<Exclude<Role, 'ADMIN'>, readonly string[]>> = {
  CUSTOMER: [],
  PARTNER: ['catalog:write', 'seats:write', 'tickets:scan', 'sales:read'],
  ADVERTISER: ['campaigns:write'],
  SUPPORT_AGENT: ['users:read', 'payments:refund', 'support:write', 'help:write', 'reviews:moderate'],
  ANALYST: ['reports:read', 'risk:read'],
};

const ADMIN_ONLY = [
  ...['users:write', 'risk:write', 'audit:read', 'plans:write', 'coupons:write'],
  ...['bookings:read', 'payments:read'],
];

/** The scopes that work for an organisation needs. Which organisation it is, subgraphs ask for at the time. */
const WORK_SCOPES: Readonly<Partial<Record<OrganisationWork, string>>> = {
  CATALOG: 'catalog:write',
  SEATS: 'seats:write',
  CHECK_IN: 'tickets:scan',
  BOOKINGS: 'sales:read',
  SALES: 'sales:read',
  CAMPAIGNS: 'campaigns:write',
};

/** The scopes that the roles grant, those in organisations included, sorted and without duplicates. */
export function scopesOf(roles: readonly Role[], inOrganisations: readonly OrganisationRole[] = []): string[] {
  const scopes = roles.flatMap((role) =>
    role === 'ADMIN' ? [...Object.values(SCOPES).flat(), ...ADMIN_ONLY] : SCOPES[role],
  );
  const work = Object.entries(WORK_SCOPES).filter(([each]) =>
    inOrganisations.some((role) => mayDo(each as OrganisationWork, role)),
  );
  return [...new Set([...scopes, ...work.map(([, scope]) => scope)])].toSorted();
}

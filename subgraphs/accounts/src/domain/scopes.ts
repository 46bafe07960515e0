import type { Role } from './user.ts';

const SCOPES: Readonly<Record<Exclude<Role, 'ADMIN'>, readonly string[]>> = {
  CUSTOMER: [],
  PARTNER: ['catalog:write', 'seats:write', 'tickets:scan', 'sales:read'],
  ADVERTISER: ['campaigns:write'],
  SUPPORT_AGENT: ['users:read', 'bookings:read', 'payments:refund', 'support:write', 'reviews:moderate'],
  ANALYST: ['reports:read', 'risk:read'],
};

const ADMIN_ONLY = ['users:write', 'risk:write', 'audit:read', 'plans:write', 'coupons:write'];

/** The scopes that the roles grant, sorted and without duplicates. */
export function scopesOf(roles: readonly Role[]): string[] {
  const scopes = roles.flatMap((role) =>
    role === 'ADMIN' ? [...Object.values(SCOPES).flat(), ...ADMIN_ONLY] : SCOPES[role],
  );
  return [...new Set(scopes)].toSorted();
}

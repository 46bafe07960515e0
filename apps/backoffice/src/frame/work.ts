import type { OrganisationRole, Role } from '../generated/graphql.ts';

/** Work for an organisation, and the roles there that do it: the table of docs/organisations.md. */
export const ROLES_FOR = {
  CATALOG: ['OWNER', 'MANAGER'],
  CHECK_IN: ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER'],
  SEATS: ['OWNER', 'MANAGER', 'BOX_OFFICE'],
  BOOKINGS: ['OWNER', 'MANAGER', 'BOX_OFFICE', 'FINANCE'],
  SALES: ['OWNER', 'MANAGER', 'FINANCE'],
  COUPONS: ['OWNER', 'MANAGER'],
  CAMPAIGNS: ['OWNER', 'MANAGER'],
  REVIEWS: ['OWNER', 'MANAGER'],
  FINANCE: ['OWNER', 'FINANCE'],
  MEMBERS: ['OWNER', 'MANAGER'],
} as const satisfies Readonly<Record<string, readonly OrganisationRole[]>>;

export type OrganisationWork = keyof typeof ROLES_FOR;

/** An organisation that the signed-in person works for. */
export interface Workplace {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly role: OrganisationRole;
}

/** The signed-in person, as far as pages decide by it. */
export interface Who {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly organisations: readonly Workplace[];
}

/** Whether the person does this work in the organisation, or anywhere when none is given. */
export function does(who: Who, work: OrganisationWork, organisationId?: string): boolean {
  return who.organisations.some(
    ({ id, role }) =>
      (organisationId === undefined || id === organisationId) && ROLES_FOR[work].some((allowed) => allowed === role),
  );
}

/** Whether the person changes what a venue offers: for the organisation that runs it, or as an administrator. */
export function managesVenue(
  who: Who,
  { organisation }: { readonly organisation: { readonly id: string } | null },
): boolean {
  return hasRole(who, ['ADMIN']) || (organisation !== null && does(who, 'CATALOG', organisation.id));
}

/** Whether the account has one of these roles; administrators have every permission. */
export function hasRole(who: Who, roles: readonly Role[]): boolean {
  return who.roles.some((role) => role === 'ADMIN' || roles.includes(role));
}

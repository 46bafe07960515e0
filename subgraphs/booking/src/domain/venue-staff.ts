import type { Ticket } from './ticket.ts';

/** A member's role in an organisation, as accounts defines it. */
type OrganisationRole = 'OWNER' | 'MANAGER' | 'BOX_OFFICE' | 'SCANNER' | 'FINANCE';

/** The work at a venue, and the roles in its organisation that do it. */
export const ROLES_FOR = {
  /** Scans tickets, at a gate with or without a network, and sees who is there. */
  CHECK_IN: ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER'],
  /** Keeps seats from sale, and gives tickets away. */
  SEATS: ['OWNER', 'MANAGER', 'BOX_OFFICE'],
  /** Looks bookings up. */
  BOOKINGS: ['OWNER', 'MANAGER', 'BOX_OFFICE', 'FINANCE'],
  /** Follows sales. */
  SALES: ['OWNER', 'MANAGER', 'FINANCE'],
} as const satisfies Readonly<Record<string, readonly OrganisationRole[]>>;

export type VenueWork = keyof typeof ROLES_FOR;

/** A venue, by who may work there. */
export interface StaffedVenue {
  /** The partner who owns it: does all work. */
  readonly venueOwnerId: string;
  /** The organisation whose members work there, each by their role. */
  readonly organisationId: string;
}

/** A ticket, and the member of its venue's staff who found it there. */
export interface TicketAtVenue extends Ticket {
  readonly shownTo?: string | undefined;
}

export function mayDo(work: VenueWork, role: string): boolean {
  return ROLES_FOR[work].some((allowed) => allowed === role);
}

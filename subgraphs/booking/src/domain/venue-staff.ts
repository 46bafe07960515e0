import type { Ticket } from './ticket.ts';

/** A venue, by who may work there: the members of its organisation, each by their role. */
export interface StaffedVenue {
  readonly organisationId: string;
}

/** A ticket, and the member of its venue's staff who found it there. */
export interface TicketAtVenue extends Ticket {
  readonly shownTo?: string | undefined;
}

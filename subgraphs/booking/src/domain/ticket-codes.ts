import type { Ticket } from './booking.ts';

/** Codes that admit ticket holders: signed, so that nobody can forge one. */
export interface TicketCodes {
  sign(ticketId: string): string;
}

/** The text of a ticket's QR code; null once the ticket is cancelled. */
export function qrCodeOf(codes: TicketCodes, { id, status }: Pick<Ticket, 'id' | 'status'>): string | null {
  return status === 'CANCELLED' ? null : codes.sign(id);
}

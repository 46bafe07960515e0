import { qrCodeOf } from '../domain/booking.ts';
import type { TicketResolvers } from '../generated/resolvers.ts';

export const Ticket: TicketResolvers = {
  seat: ({ showId, seat }) => ({ ...seat, showId }),
  qrCode: (ticket, _args, { deps }) => qrCodeOf(ticket, deps.signTicket),
};

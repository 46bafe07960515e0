import type { TicketResolvers } from '../generated/resolvers.ts';

export const Ticket: TicketResolvers = {
  qrCode: ({ id, status }, _args, { booking }) => (status === 'CANCELLED' ? null : booking.ticketCode(id)),
};

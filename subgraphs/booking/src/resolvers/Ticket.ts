import { qrCodeOf } from '../domain/ticket-codes.ts';
import type { TicketResolvers } from '../generated/resolvers.ts';

export const Ticket: TicketResolvers = {
  qrCode: (ticket, _args, { deps }) => qrCodeOf(deps.ticketCodes, ticket),
};

import { notFound } from '@marquee/errors';

import type { TicketTransferResolvers } from '../generated/resolvers.ts';

export const TicketTransfer: TicketTransferResolvers = {
  ticket: async ({ ticketId }, _args, { deps }) => {
    const ticket = await deps.tickets.find(ticketId);
    if (!ticket) throw notFound('ticket');
    return ticket;
  },
};

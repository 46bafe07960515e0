import { notFound } from '@marquee/errors';

import type { TicketTransferResolvers } from '../generated/resolvers.ts';

export const TicketTransfer: TicketTransferResolvers = {
  ticket: async ({ ticketId }, _args, { loaders }) => {
    const ticket = await loaders.ticketsById.load(ticketId);
    if (!ticket) throw notFound('ticket');
    return ticket;
  },
};

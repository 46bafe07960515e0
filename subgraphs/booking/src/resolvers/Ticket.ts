import { notFound } from '@marquee/errors';

import { isSender, isUsableBy } from '../access.ts';
import { codeOf } from '../domain/ticket.ts';
import type { TicketResolvers } from '../generated/resolvers.ts';

export const Ticket: TicketResolvers = {
  seat: ({ showId, seat }) => ({ ...seat, showId }),
  show: ({ showId }) => ({ id: showId }),
  booking: async (ticket, _args, { loaders }) => {
    const booking = await loaders.bookings.load(ticket.bookingId);
    if (!booking) throw notFound('booking');
    return { ...booking, reachedFrom: ticket };
  },
  holderName: ({ holderId }, _args, { loaders }) => (holderId === null ? null : loaders.names.load(holderId)),
  qrCode: (ticket, _args, { caller, deps }) =>
    isUsableBy(ticket, caller) ? deps.ticketKeys.sign(codeOf(ticket)) : null,
  transfer: async ({ id }, _args, { caller, loaders }) => {
    const transfer = await loaders.transfers.load(id);
    return transfer && isSender(transfer, caller) ? transfer : null;
  },
  documentUrl: (ticket, _args, { caller, deps }) =>
    isUsableBy(ticket, caller)
      ? deps.documentLinks.urlOf({ kind: 'tickets', id: ticket.id, version: ticket.codeVersion })
      : null,
};

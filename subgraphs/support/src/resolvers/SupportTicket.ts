import { badInput } from '@marquee/errors';
import { MAX_PAGE } from '@marquee/subgraph';

import { isSupportOf } from '../access.ts';
import { slaStatus } from '../domain/ticket.ts';
import type { SupportTicketResolvers } from '../generated/resolvers.ts';

const reference = (id: string | null) => (id === null ? null : { id });

export const SupportTicket: SupportTicketResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.tickets.load(id),
  slaStatus: (ticket) => slaStatus(ticket),
  firstResponseDueAt: ({ firstResponse }) => firstResponse.dueAt,
  resolutionDueAt: ({ resolution }) => resolution.dueAt,
  customer: ({ customerId }) => reference(customerId),
  assignee: ({ assigneeId }) => reference(assigneeId),
  booking: ({ bookingId }) => reference(bookingId),
  previousTicket: ({ followsId }, _args, { loaders }) => (followsId === null ? null : loaders.tickets.load(followsId)),
  nextTicket: ({ id }, _args, { loaders }) => loaders.followers.load(id),
  messageCount: ({ lastSequence }) => lastSequence,
  messages: async (ticket, { last, after, before }, { caller, loaders }) => {
    const count = last ?? 50;
    if (count < 0 || count > MAX_PAGE) throw badInput('last', `Ask for 0 to ${MAX_PAGE} messages.`);
    const page = { last: count, after: after ?? 0, before: before ?? null, withNotes: isSupportOf(ticket, caller) };
    return [...(await loaders.messages(page).load(ticket.id))];
  },
};

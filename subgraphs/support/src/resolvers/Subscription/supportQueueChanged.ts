import { notFound } from '@marquee/errors';

import { isSupportOf } from '../../access.ts';
import type { SupportTicket } from '../../domain/ticket.ts';
import { QUEUE_CHANNEL } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';

/** The most missed changes that are sent; a client that was told of a gap reads the queue again. */
const MAX_MISSED = 100;

export const supportQueueChanged: SubscriptionResolvers['supportQueueChanged'] = {
  subscribe: async (_parent, _args, { caller, deps: { tickets }, pubSub }) => {
    const eventOf = (ticket: SupportTicket, version: number) => ({ supportQueueChanged: { ticket, version } });
    return pubSub.listen({
      channel: QUEUE_CHANNEL,
      version: await tickets.queueVersion(),
      isGapless: true,
      eventOf: async ({ ticketId, version }: { ticketId: string; version: number }) => {
        const ticket = await tickets.find(ticketId);
        if (!ticket) throw notFound('ticket');
        return eventOf(ticket, version);
      },
      missedSince: async (version) => {
        const missed = await tickets.changedSince(version, MAX_MISSED);
        return missed.map((ticket) => eventOf(ticket, ticket.queueVersion));
      },
      versionOf: ({ supportQueueChanged: { version } }) => version,
      isShown: ({ supportQueueChanged: { ticket } }) => isSupportOf(ticket, caller),
    });
  },
};

import { notFound } from '@marquee/errors';

import { isSupportOf } from '../../access.ts';
import type { Deps } from '../../deps.ts';
import type { SupportMessage, SupportTicket } from '../../domain/ticket.ts';
import { customerChannel, supportChannel, type TicketPush } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { ticketFor } from '../ticket-for.ts';

/** The most missed messages that are sent; older ones are read by their numbers. */
const MAX_MISSED = 100;

export const supportTicketChanged: SubscriptionResolvers['supportTicketChanged'] = {
  subscribe: async (_parent, { ticketId, after }, context) => {
    const { caller, deps } = context;
    const found = await ticketFor(ticketId, context);
    const view = isSupportOf(found, caller) ? supportView(deps) : customerView(deps);
    const current = async (): Promise<SupportTicket> => {
      const ticket = await deps.tickets.find(ticketId);
      if (!ticket) throw notFound('ticket');
      return ticket;
    };
    const eventOf = (ticket: SupportTicket, message: SupportMessage | null, version: number) => ({
      supportTicketChanged: { ticket, message, version },
    });
    return context.pubSub.listen({
      channel: view.channel(ticketId),
      version: after === null || after === undefined ? view.versionOf(found) : await view.versionAt(ticketId, after),
      isGapless: true,
      eventOf: async ({ version, messageId }: TicketPush) =>
        eventOf(await current(), messageId === null ? null : await deps.messages.find(messageId), version),
      missedSince: async (version) => {
        const ticket = await current();
        const missed = await view.messagesSince(ticketId, version, MAX_MISSED);
        const latest = view.versionOf(ticket);
        const events = missed.map((message) => eventOf(ticket, message, view.versionOf(message)));
        return missed.some((message) => view.versionOf(message) === latest)
          ? events
          : [...events, eventOf(ticket, null, latest)];
      },
      versionOf: ({ supportTicketChanged: { version } }) => version,
    });
  },
};

/** The changes that one of a ticket's parties sees, and how they are numbered. */
interface View {
  channel(ticketId: string): string;
  versionOf(numbered: { readonly version: number; readonly publicVersion: number }): number;
  /** The version at a message; 0 when there is none of this number, so that all is sent. */
  versionAt(ticketId: string, sequence: number): Promise<number>;
  messagesSince(ticketId: string, version: number, limit: number): Promise<SupportMessage[]>;
}

function customerView({ messages }: Pick<Deps, 'messages'>): View {
  return {
    channel: customerChannel,
    versionOf: ({ publicVersion }) => publicVersion,
    versionAt: async (id, sequence) => (await messages.versionsAt(id, sequence))?.publicVersion ?? 0,
    messagesSince: (id, version, limit) => messages.forCustomerSince(id, version, limit),
  };
}

function supportView({ messages }: Pick<Deps, 'messages'>): View {
  return {
    channel: supportChannel,
    versionOf: ({ version }) => version,
    versionAt: async (id, sequence) => (await messages.versionsAt(id, sequence))?.version ?? 0,
    messagesSince: (id, version, limit) => messages.forAgentsSince(id, version, limit),
  };
}

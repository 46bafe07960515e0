import type { DomainEvent, EventHandlers, Push } from '@marquee/events';

import { WORK } from './access.ts';
import { PeopleRepository } from './adapters/people.ts';

/** Whoever is suspended, or may not work in support any more, takes no tickets. */
export function handlers(): EventHandlers {
  return {
    'account.status-changed': async ({ payload: { userId, status } }, tx) => {
      if (status === 'SUSPENDED') await new PeopleRepository(tx).dismiss(userId);
    },
    'account.roles-changed': async ({ payload: { userId, scopes } }, tx) => {
      if (!scopes.includes(WORK)) await new PeopleRepository(tx).dismiss(userId);
    },
  };
}

/** The view of a ticket's customer. */
export const customerChannel = (ticketId: string): string => `support-ticket:${ticketId}`;
/** All that happens to a ticket, internal notes included. */
export const supportChannel = (ticketId: string): string => `support-ticket-work:${ticketId}`;
/** All tickets. */
export const QUEUE_CHANNEL = 'support-queue';

/** Announces a version of a ticket; `messageId` is that of a message that came with it. */
export interface TicketPush {
  readonly version: number;
  readonly messageId: string | null;
}

export function pushes(event: DomainEvent): readonly Push[] {
  if (event.type === 'support.note-added') {
    const { ticketId, version, messageId } = event.payload;
    return [{ channel: supportChannel(ticketId), message: { version, messageId } }];
  }
  if (event.type === 'support.sla-warned') {
    const { ticketId, version, queueVersion } = event.payload;
    return [
      { channel: supportChannel(ticketId), message: { version, messageId: null } },
      queuePush(ticketId, queueVersion),
    ];
  }
  if (event.type !== 'support.message-posted' && event.type !== 'support.ticket-changed') return [];
  const { ticketId, version, publicVersion, queueVersion } = event.payload;
  const messageId = event.type === 'support.message-posted' ? event.payload.messageId : null;
  return [
    { channel: customerChannel(ticketId), message: { version: publicVersion, messageId } },
    { channel: supportChannel(ticketId), message: { version, messageId } },
    queuePush(ticketId, queueVersion),
  ];
}

function queuePush(ticketId: string, version: number): Push {
  return { channel: QUEUE_CHANNEL, message: { ticketId, version } };
}

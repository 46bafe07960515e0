import { code, eventMaker, id, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

const versions = { version: z.int(), queueVersion: z.int() };
const publicVersions = { ...versions, publicVersion: z.int() };

/** Events of support, keyed by the ticket's id. What people write is in none of them. */
export const emits = {
  /** `previousStatus` is null of a new ticket. */
  'support.ticket-changed': z.object({
    ticketId: id,
    customerId: id,
    status: code,
    previousStatus: code.nullable(),
    assigneeId: id.nullable(),
    previousAssigneeId: id.nullable(),
    ...publicVersions,
  }),
  'support.message-posted': z.object({
    ticketId: id,
    customerId: id,
    messageId: id,
    by: z.enum(['CUSTOMER', 'AGENT']),
    assigneeId: id.nullable(),
    ...publicVersions,
  }),
  /** For agents alone: it does not name the customer. */
  'support.note-added': z.object({ ticketId: id, messageId: id, assigneeId: id.nullable(), version: z.int() }),
  /** For agents alone. */
  'support.sla-warned': z.object({
    ticketId: id,
    assigneeId: id.nullable(),
    target: z.enum(['FIRST_RESPONSE', 'RESOLUTION']),
    breached: z.boolean(),
    ...versions,
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);

import { code, eventMaker, id, instant, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

const versions = { version: z.int(), queueVersion: z.int() };
/** OTHER in events of before. */
const category = z.enum(['BOOKING', 'PAYMENT', 'ACCOUNT', 'OTHER']).default('OTHER');
const publicVersions = { ...versions, publicVersion: z.int() };

/** Events of support, keyed by the ticket's id. What people write is in none of them. */
export const emits = {
  /** `previousStatus` is null of a new ticket, `actorId` of what nobody did. */
  'support.ticket-changed': z.object({
    ticketId: id,
    customerId: id,
    category,
    status: code,
    previousStatus: code.nullable(),
    assigneeId: id.nullable(),
    previousAssigneeId: id.nullable(),
    actorId: id.nullable().default(null),
    ...publicVersions,
  }),
  /** A new ticket, a resolved one, or one that is open again: whose things support may look at. */
  'support.case-changed': z.object({
    ticketId: id,
    customerId: id,
    version: z.int(),
    resolvedAt: instant.nullable(),
  }),
  'support.message-posted': z.object({
    ticketId: id,
    customerId: id,
    messageId: id,
    category,
    by: z.enum(['CUSTOMER', 'AGENT']),
    assigneeId: id.nullable(),
    /** Whether the ticket was opened with it, or given to another agent. */
    isAssigning: z.boolean().default(false),
    ...publicVersions,
  }),
  /** For agents alone: it does not name the customer. */
  'support.note-added': z.object({ ticketId: id, messageId: id, assigneeId: id.nullable(), version: z.int() }),
  /** For agents alone: its agent, or the team when nobody has it. */
  'support.sla-warned': z.object({
    ticketId: id,
    assigneeId: id.nullable(),
    teamIds: z.array(id).readonly().default([]),
    target: z.enum(['FIRST_RESPONSE', 'RESOLUTION']),
    breached: z.boolean(),
    ...versions,
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);

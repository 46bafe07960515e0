import { Prisma } from '@marquee/prisma-support';

import type { SlaClock } from '../domain/sla.ts';
import type { SupportTicket } from '../domain/ticket.ts';
import { nextCheck, queuePlace } from '../domain/ticket-changes.ts';

export const TICKET_COLUMNS = Prisma.raw(`t.id, t.customer_id AS "customerId", t.booking_id AS "bookingId",
  t.category::text, t.subject, t.status::text, t.priority::text, t.assignee_id AS "assigneeId",
  t.left_unassigned AS "leftUnassigned",
  t.follows_id AS "followsId", t.country, t.region, t.time_zone AS "timeZone", t.first_response AS "firstResponse",
  t.resolution, t.snoozed_until AS "snoozedUntil", t.resolved_at AS "resolvedAt", t.queue_at AS "queueAt",
  t.satisfaction_score AS "score", t.satisfaction_comment AS "comment", t.rated_at AS "ratedAt", t.last_sequence AS "lastSequence",
  t.last_note AS "lastNote", t.version, t.public_version AS "publicVersion", t.queue_version AS "queueVersion",
  t.created_at AS "createdAt", t.updated_at AS "updatedAt", clock_timestamp() AS "asOf"`);

/** Of `support_messages m` and its ticket `t`. */
export const MESSAGE_COLUMNS = Prisma.raw(`m.id, m.ticket_id AS "ticketId", t.customer_id AS "customerId", m.sequence,
  m.note, m.author_id AS "authorId", m.from_agent AS "fromAgent", m.text, m.sent_at AS "sentAt", m.version,
  m.public_version AS "publicVersion"`);

type ClockRow = {
  readonly [Field in keyof SlaClock]: Field extends 'leftMs' | 'overMs' ? number | null : string | null;
};

/** A ticket as Postgres returns it. */
export interface TicketRow extends Omit<SupportTicket, 'firstResponse' | 'resolution' | 'satisfaction'> {
  readonly firstResponse: ClockRow;
  readonly resolution: ClockRow;
  readonly score: number | null;
  readonly comment: string | null;
  readonly ratedAt: Date;
}

export function toTicket({
  firstResponse,
  resolution,
  score,
  comment,
  ratedAt: at,
  ...ticket
}: TicketRow): SupportTicket {
  const clocks = { firstResponse: toClock(firstResponse), resolution: toClock(resolution) };
  return { ...ticket, ...clocks, satisfaction: score === null ? null : { score, comment, at } };
}

function toClock({ leftMs, overMs, ...moments }: ClockRow): SlaClock {
  const at = (text: string | null): Date | null => (text === null ? null : new Date(text));
  const { dueAt, warnAt, metAt, warnedAt, breachedAt } = moments;
  return {
    // Clocks from before it was kept have none.
    ...{ leftMs, overMs: overMs ?? 0, dueAt: at(dueAt), warnAt: at(warnAt) },
    ...{ metAt: at(metAt), warnedAt: at(warnedAt), breachedAt: at(breachedAt) },
  };
}

/** The row of `support_tickets` as JSON. */
export function ticketJson(ticket: SupportTicket): string {
  return JSON.stringify({
    id: ticket.id,
    customer_id: ticket.customerId,
    booking_id: ticket.bookingId,
    category: ticket.category,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority,
    assignee_id: ticket.assigneeId,
    left_unassigned: ticket.leftUnassigned && ticket.assigneeId === null,
    follows_id: ticket.followsId,
    country: ticket.country,
    region: ticket.region,
    time_zone: ticket.timeZone,
    first_response: ticket.firstResponse,
    resolution: ticket.resolution,
    snoozed_until: ticket.snoozedUntil,
    resolved_at: ticket.resolvedAt,
    satisfaction_score: ticket.satisfaction?.score,
    satisfaction_comment: ticket.satisfaction?.comment,
    rated_at: ticket.satisfaction?.at,
    queue_at: queuePlace(ticket),
    check_at: nextCheck(ticket),
    last_sequence: ticket.lastSequence,
    last_note: ticket.lastNote,
    version: ticket.version,
    public_version: ticket.publicVersion,
    queue_version: ticket.queueVersion,
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
  });
}

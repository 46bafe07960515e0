import { type Sql, sql } from '@marquee/database';
import { Prisma } from '@marquee/prisma-support';

import type { NewText } from '../domain/ports.ts';
import type { SupportMessage, SupportTicket } from '../domain/ticket.ts';
import { ticketJson } from './ticket-rows.ts';

/** A text as the ticket's latest message. */
export function messageOf(ticket: SupportTicket, { id, authorId, fromAgent, text }: NewText): SupportMessage {
  const { id: ticketId, customerId, lastSequence: sequence, version, publicVersion, asOf: sentAt } = ticket;
  return { id, ticketId, customerId, sequence, note: 0, authorId, fromAgent, text, sentAt, version, publicVersion };
}

/** Inserts a message; runs with the ticket's row in the part `changed`. */
export function insertOf(message: SupportMessage): Sql {
  const { id, ticketId, sequence, note, authorId, fromAgent, text, sentAt, version, publicVersion } = message;
  return sql`
    INSERT INTO support_messages
      (id, ticket_id, sequence, note, author_id, from_agent, text, sent_at, version, public_version)
    SELECT ${id}, ${ticketId}, ${sequence}::int, ${note}::int, ${authorId}, ${fromAgent}::boolean, ${text},
      ${sentAt}::timestamptz, ${version}::int, ${publicVersion}::int FROM changed`;
}

/** Everything of a ticket that changes. */
const CHANGING = [
  ...[
    'status',
    'priority',
    'assignee_id',
    'left_unassigned',
    'first_response',
    'resolution',
    'snoozed_until',
    'resolved_at',
    'queue_at',
  ],
  ...[
    'satisfaction_score',
    'satisfaction_comment',
    'rated_at',
    'check_at',
    'last_sequence',
    'last_note',
    'version',
    'public_version',
    'queue_version',
    'updated_at',
  ],
];
const ASSIGNMENTS = Prisma.raw(CHANGING.map((column) => `${column} = changed_ticket.${column}`).join(', '));

/** Updates a ticket and returns its id. @param more assignments besides those of every change */
export function updateOf(ticket: SupportTicket, more: Sql = sql``): Sql {
  return sql`
    UPDATE support_tickets AS kept SET ${ASSIGNMENTS} ${more} FROM
      jsonb_populate_record(NULL::support_tickets, ${ticketJson(ticket)}::jsonb) AS changed_ticket
    WHERE kept.id = changed_ticket.id RETURNING kept.id`;
}

import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-support';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { SupportMessage } from '../domain/ticket.ts';
import { MESSAGE_COLUMNS } from './ticket-rows.ts';

/** Which messages of a ticket to read: the last of those between two numbers. */
export interface MessagePage {
  readonly last: number;
  readonly after: number;
  readonly before: number | null;
  /** Whether the reader works in support on the ticket. */
  readonly withNotes: boolean;
}

/** Reads messages and internal notes. Each method says whether it returns notes. */
export class MessageRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** A message or an internal note. */
  async find(id: string): Promise<SupportMessage | null> {
    const [message] = await this.#sql.$queryRaw<SupportMessage[]>`
      SELECT ${MESSAGE_COLUMNS} FROM support_messages m JOIN support_tickets t ON t.id = m.ticket_id
      WHERE m.id = ANY (${[id].filter(isPossibleId)})`;
    return message ?? null;
  }

  /** A page of each ticket's messages, in order. */
  async ofTickets(ticketIds: readonly string[], page: MessagePage): Promise<SupportMessage[]> {
    const { last, after, before, withNotes } = page;
    const end = before === null ? Prisma.empty : Prisma.sql`AND m.sequence < ${before}::int`;
    const visible = withNotes ? Prisma.empty : Prisma.sql`AND m.note = 0`;
    const rows = await this.#sql.$queryRaw<SupportMessage[]>`
      SELECT page.* FROM unnest(${ticketIds.filter(isPossibleId)}::text[]) AS listed (listed_id) CROSS JOIN LATERAL (
        SELECT ${MESSAGE_COLUMNS} FROM support_messages m JOIN support_tickets t ON t.id = m.ticket_id
        WHERE m.ticket_id = listed_id AND (m.sequence, m.note) > (${after}::int, 0) ${end} ${visible}
        ORDER BY m.sequence DESC, m.note DESC LIMIT ${last}::int) AS page`;
    return rows.toReversed();
  }

  /** The latest messages after a version that the customer knows, in order, without notes. */
  async forCustomerSince(ticketId: string, publicVersion: number, limit: number): Promise<SupportMessage[]> {
    const latest = await this.#sql.$queryRaw<SupportMessage[]>`
      SELECT ${MESSAGE_COLUMNS} FROM support_messages m JOIN support_tickets t ON t.id = m.ticket_id
      WHERE m.ticket_id = ${ticketId} AND m.note = 0 AND m.public_version > ${publicVersion}::int
      ORDER BY m.sequence DESC LIMIT ${limit}::int`;
    return latest.toReversed();
  }

  /** The latest messages and internal notes after a version that an agent knows, in order. */
  async forAgentsSince(ticketId: string, version: number, limit: number): Promise<SupportMessage[]> {
    const latest = await this.#sql.$queryRaw<SupportMessage[]>`
      SELECT ${MESSAGE_COLUMNS} FROM support_messages m JOIN support_tickets t ON t.id = m.ticket_id
      WHERE m.ticket_id = ${ticketId} AND m.version > ${version}::int
      ORDER BY m.sequence DESC, m.note DESC LIMIT ${limit}::int`;
    return latest.toReversed();
  }

  /** The versions of a ticket at a message; null when it has none of this number. */
  async versionsAt(ticketId: string, sequence: number): Promise<{ version: number; publicVersion: number } | null> {
    const [found] = await this.#sql.$queryRaw<{ version: number; publicVersion: number }[]>`
      SELECT version, public_version AS "publicVersion" FROM support_messages
      WHERE ticket_id = ${ticketId} AND sequence = ${sequence}::int AND note = 0`;
    return found ?? null;
  }
}

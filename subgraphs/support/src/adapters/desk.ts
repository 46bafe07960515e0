import {
  type IdempotencyRow,
  insertIdempotencyKey,
  type SqlDatabase,
  type SqlTransaction,
  type Sql,
  sql,
} from '@marquee/database';
import { rateLimited } from '@marquee/errors';
import { type NewEvent, outboxInsert } from '@marquee/events';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Desk, DeskTransaction, NewText, NewTicket, SaveOptions } from '../domain/ports.ts';
import { MAX_MESSAGES_A_MINUTE, type SupportMessage, type SupportTicket } from '../domain/ticket.ts';
import {
  alertEvents,
  auditEvent,
  caseEvent,
  changeEvent,
  messageEvent,
  noteEvent,
  writtenEvent,
} from './desk-events.ts';
import { TICKET_COLUMNS, ticketJson, type TicketRow, toTicket } from './ticket-rows.ts';
import { insertOf, messageOf, updateOf } from './ticket-writes.ts';

const MINUTE_SECONDS = 60;
/** The most agents who are warned of one ticket. */
const MAX_WARNED = 100;

/** Changes tickets, each in one transaction. */
export class DeskRepository implements Desk {
  readonly #client: SqlDatabase;
  readonly #rateLimits: boolean;

  constructor(client: SqlDatabase, { rateLimits }: { readonly rateLimits: boolean }) {
    this.#client = client;
    this.#rateLimits = rateLimits;
  }

  /** Deletes what is counted no longer. */
  async forgetWriters(): Promise<void> {
    await this.#client.$executeRaw`DELETE FROM support_writers WHERE minute_start < now() - interval '1 hour'`;
  }

  transact<T>(work: (tx: DeskTransaction) => Promise<T>): Promise<T> {
    return this.#client.$sqlTransaction((tx) => work(new Transaction(tx, this.#rateLimits)));
  }
}

/** The desk within a transaction of others. */
export function deskIn(tx: SqlTransaction): DeskTransaction {
  return new Transaction(tx, true);
}

class Transaction implements DeskTransaction {
  readonly #sql: SqlTransaction;
  readonly #rateLimits: boolean;
  /** The queue's version, once its row is locked. */
  #queueVersion: number | undefined;

  constructor(transaction: SqlTransaction, rateLimits: boolean) {
    this.#sql = transaction;
    this.#rateLimits = rateLimits;
  }

  async countMessage(userId: string): Promise<void> {
    const maximum = this.#rateLimits ? MAX_MESSAGES_A_MINUTE : 1_000_000;
    const counted = await this.#sql.$executeRaw`
      INSERT INTO support_writers AS known (user_id, minute_start, messages) VALUES (${userId}, clock_timestamp(), 1)
      ON CONFLICT (user_id) DO UPDATE SET
        messages = CASE WHEN known.minute_start < excluded.minute_start - interval '1 minute' THEN 1
          ELSE known.messages + 1 END,
        minute_start = CASE WHEN known.minute_start < excluded.minute_start - interval '1 minute'
          THEN excluded.minute_start ELSE known.minute_start END
      WHERE known.messages < ${maximum}::int OR known.minute_start < excluded.minute_start - interval '1 minute'`;
    if (counted === 0) throw rateLimited(MINUTE_SECONDS, 'You have sent many messages. Wait a minute, then go on.');
  }

  async countUnresolved(customerId: string): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM support_tickets WHERE customer_id = ${customerId} AND status <> 'RESOLVED'`;
    return row?.count ?? 0;
  }

  lock(ticketId: string): Promise<SupportTicket | null> {
    return this.#lock(sql`WHERE t.id = ANY (${[ticketId].filter(isPossibleId)}) AND t.erased_at IS NULL FOR UPDATE`);
  }

  lockDue(): Promise<SupportTicket | null> {
    return this.#lock(sql`WHERE t.check_at <= clock_timestamp() ORDER BY t.check_at LIMIT 1 FOR UPDATE SKIP LOCKED`);
  }

  lockUnassigned(): Promise<SupportTicket | null> {
    return this.#lock(
      sql`WHERE t.assignee_id IS NULL AND NOT t.left_unassigned AND t.status = 'OPEN'
        AND EXISTS (SELECT FROM support_agents a WHERE a.on_duty AND a.agent_id <> t.customer_id)
        ORDER BY t.created_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
  }

  lockAll(of: { readonly customerId: string } | { readonly assigneeId: string }): Promise<SupportTicket[]> {
    const condition =
      'customerId' in of
        ? sql`t.customer_id = ${of.customerId} AND t.erased_at IS NULL`
        : sql`t.assignee_id = ${of.assigneeId} AND t.status <> 'RESOLVED'`;
    return this.#lockEach(sql`WHERE ${condition} ORDER BY t.id FOR UPDATE`);
  }

  async #lock(condition: Sql): Promise<SupportTicket | null> {
    const [ticket = null] = await this.#lockEach(condition);
    return ticket;
  }

  async #lockEach(condition: Sql): Promise<SupportTicket[]> {
    const rows = await this.#sql.$queryRaw<TicketRow[]>(
      sql`SELECT ${TICKET_COLUMNS} FROM support_tickets t ${condition}`,
    );
    return rows.map(toTicket);
  }

  async followerOf(ticketId: string): Promise<string | null> {
    const [row] = await this.#sql.$queryRaw<{ id: string }[]>`
      SELECT id FROM support_tickets WHERE follows_id = ${ticketId}`;
    return row?.id ?? null;
  }

  async customerWroteAt(ticketId: string): Promise<Date | null> {
    const [row] = await this.#sql.$queryRaw<{ at: Date }[]>`
      SELECT sent_at AS at FROM support_messages WHERE ticket_id = ${ticketId} AND NOT from_agent
      ORDER BY sequence DESC, note DESC LIMIT 1`;
    return row?.at ?? null;
  }

  async now(): Promise<Date> {
    const [row] = await this.#sql.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    return row?.now as Date;
  }

  /** The lock on the queue makes the next statement see every earlier choice. */
  async leastBusyAgent(customerId: string): Promise<string | null> {
    await this.#lockQueue();
    const [agent] = await this.#sql.$queryRaw<{ agentId: string }[]>`
      UPDATE support_agents SET last_assigned_at = clock_timestamp() WHERE agent_id = (
        SELECT a.agent_id FROM support_agents a WHERE a.on_duty AND a.agent_id <> ${customerId}
        ORDER BY (SELECT count(*) FROM support_tickets t WHERE t.assignee_id = a.agent_id AND t.status = 'OPEN'),
          a.last_assigned_at NULLS FIRST, a.agent_id
        LIMIT 1) RETURNING agent_id AS "agentId"`;
    return agent?.agentId ?? null;
  }

  async isOnDuty(agentId: string): Promise<boolean> {
    const found = await this.#sql.$queryRaw<unknown[]>`
      SELECT FROM support_agents WHERE agent_id = ${agentId} AND on_duty`;
    return found.length > 0;
  }

  async isAgent(agentId: string): Promise<boolean> {
    const found = await this.#sql.$queryRaw<unknown[]>`SELECT FROM support_agents WHERE agent_id = ${agentId}`;
    return found.length > 0;
  }

  async add(opened: NewTicket, first: NewText): Promise<{ ticket: SupportTicket; message: SupportMessage }> {
    const queueVersion = await this.#lockQueue();
    const counters = { lastSequence: 1, lastNote: 0, version: 1, publicVersion: 1, queueVersion };
    const ticket: SupportTicket = { ...opened, ...counters };
    const message = messageOf(ticket, first);
    await this.#write(
      sql`INSERT INTO support_tickets SELECT (jsonb_populate_record(NULL::support_tickets, ${ticketJson(ticket)}::jsonb)).*
        RETURNING id`,
      message,
      [messageEvent(null, ticket, message), changeEvent(null, ticket, ticket.customerId), caseEvent(ticket)],
    );
    return { ticket, message };
  }

  async save(
    before: SupportTicket,
    after: SupportTicket,
    { text, alerts = [], actorId }: SaveOptions = {},
  ): Promise<{ ticket: SupportTicket; message: SupportMessage | null }> {
    const isChanged = isChangedForCustomer(before, after);
    if (!text && !isChanged && alerts.length === 0) return { ticket: after, message: null };
    const isVisible = text !== undefined || isChanged;
    const queueVersion = await this.#lockQueue();
    const ticket: SupportTicket = {
      ...after,
      ...(text && { lastSequence: before.lastSequence + 1, lastNote: 0 }),
      ...(isVisible && { publicVersion: before.publicVersion + 1, updatedAt: before.asOf }),
      ...{ version: before.version + 1, queueVersion },
    };
    const message = text ? messageOf(ticket, text) : null;
    const team = alerts.length > 0 && ticket.assigneeId === null ? await this.#team(ticket.customerId) : [];
    const events = [
      ...(message ? [messageEvent(before, ticket, message)] : []),
      ...(message?.fromAgent ? [writtenEvent(message)] : []),
      ...(isChanged ? [changeEvent(before, ticket, actorId ?? text?.authorId ?? null)] : []),
      ...(isResolved(before) === isResolved(ticket) ? [] : [caseEvent(ticket)]),
      ...alertEvents(ticket, alerts, team),
      ...(isChanged && actorId !== undefined ? [auditEvent(actorId, before, ticket)] : []),
    ];
    await this.#write(updateOf(ticket), message, events);
    return { ticket, message };
  }

  async erase(before: SupportTicket, resolved: SupportTicket): Promise<void> {
    const { satisfaction, version, publicVersion, asOf: updatedAt } = before;
    const ticket: SupportTicket = {
      ...{ ...resolved, version: version + 1, publicVersion: publicVersion + 1, queueVersion: await this.#lockQueue() },
      ...{ satisfaction: satisfaction && { ...satisfaction, comment: null }, lastSequence: 0, lastNote: 0, updatedAt },
    };
    const erased = sql`, subject = 'Deleted', booking_id = NULL, erased_at = clock_timestamp()`;
    await this.#write(updateOf(ticket, erased), null, [changeEvent(before, ticket, null)]);
  }

  async addNote(before: SupportTicket, note: NewText): Promise<SupportMessage> {
    const ticket = { ...before, lastNote: before.lastNote + 1, version: before.version + 1 };
    const message = { ...messageOf(ticket, note), note: ticket.lastNote };
    await this.#write(updateOf(ticket), message, [noteEvent(ticket, message), writtenEvent(message)]);
    return message;
  }

  recordKey(row: IdempotencyRow, resourceId: string): Promise<void> {
    return insertIdempotencyKey(this.#sql, row, resourceId);
  }

  /** The agents on duty; all of them when nobody is, so that a ticket which nobody has does not wait unseen. */
  async #team(customerId: string): Promise<string[]> {
    const agents = await this.#sql.$queryRaw<{ id: string }[]>`
      SELECT a.agent_id AS id FROM support_agents a WHERE a.agent_id <> ${customerId}
        AND (a.on_duty OR NOT EXISTS (SELECT FROM support_agents b WHERE b.on_duty AND b.agent_id <> ${customerId}))
      ORDER BY a.agent_id LIMIT ${MAX_WARNED}`;
    return agents.map(({ id }) => id);
  }

  async #lockQueue(): Promise<number> {
    if (this.#queueVersion === undefined) {
      const [queue] = await this.#sql.$queryRaw<{ version: number }[]>`
        UPDATE support_queue SET version = version + 1 RETURNING version`;
      this.#queueVersion = queue?.version ?? 0;
    }
    return this.#queueVersion;
  }

  /** A ticket, its message and their events, in one statement. @param change returns the ticket's row */
  async #write(change: Sql, message: SupportMessage | null, events: readonly NewEvent[]): Promise<void> {
    const posted = message === null ? sql`` : sql`, posted AS (${insertOf(message)})`;
    await this.#sql.$executeRaw(sql`WITH changed AS (${change}) ${posted} ${outboxInsert(events, sql`changed`)}`);
  }
}

function isResolved({ resolvedAt }: SupportTicket): boolean {
  return resolvedAt !== null;
}

/** Whether the customer sees a difference. */
function isChangedForCustomer(before: SupportTicket, after: SupportTicket): boolean {
  const isSame = before.snoozedUntil?.getTime() === after.snoozedUntil?.getTime();
  const fields = ['status', 'priority', 'assigneeId', 'satisfaction'] as const;
  return !isSame || fields.some((field) => before[field] !== after[field]);
}

import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-support';
import type { LatestPage } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { SupportTicket, SupportTicketStatus } from '../domain/ticket.ts';
import { TICKET_COLUMNS, type TicketRow, toTicket } from './ticket-rows.ts';

/** The most tickets that a booking lists. */
const MAX_OF_BOOKING = 20;

/** A page of the queue, the first deadline first. */
export interface QueuePage {
  readonly limit: number;
  readonly after: { readonly queueAt: Date; readonly id: string } | null;
  readonly statuses: readonly SupportTicketStatus[];
  /** Only tickets of this agent; null for all. */
  readonly assigneeId: string | null;
  /** Whose queue it is: nobody works on a ticket of their own. */
  readonly agentId: string;
}

/** Reads tickets. */
export class TicketRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async find(id: string): Promise<SupportTicket | null> {
    const [ticket] = await this.findMany([id]);
    return ticket ?? null;
  }

  /** The tickets with these ids, in any order; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<SupportTicket[]> {
    const rows = await this.#sql.$queryRaw<TicketRow[]>`
      SELECT ${TICKET_COLUMNS} FROM support_tickets t WHERE t.id = ANY (${ids.filter(isPossibleId)})`;
    return rows.map(toTicket);
  }

  /** The tickets that go on from these. */
  async followersOf(ids: readonly string[]): Promise<SupportTicket[]> {
    const rows = await this.#sql.$queryRaw<TicketRow[]>`
      SELECT ${TICKET_COLUMNS} FROM support_tickets t WHERE t.follows_id = ANY (${[...ids]})`;
    return rows.map(toTicket);
  }

  /** A page of each customer's tickets, latest first, with up to `limit + 1` of each. */
  ofCustomers(customerIds: readonly string[], page: LatestPage): Promise<SupportTicket[]> {
    return this.#pages(Prisma.sql`customer_id`, customerIds, page, Prisma.empty);
  }

  /** The latest tickets about each booking. @param customerId only this customer's; null for all */
  ofBookings(bookingIds: readonly string[], customerId: string | null): Promise<SupportTicket[]> {
    const own = customerId === null ? Prisma.empty : Prisma.sql`AND t.customer_id = ${customerId}`;
    return this.#pages(Prisma.sql`booking_id`, bookingIds, { limit: MAX_OF_BOOKING - 1, after: null }, own);
  }

  async #pages(
    column: Prisma.Sql,
    keys: readonly string[],
    { limit, after }: LatestPage,
    filter: Prisma.Sql,
  ): Promise<SupportTicket[]> {
    const start = after
      ? Prisma.sql`AND (t.created_at, t.id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    const rows = await this.#sql.$queryRaw<TicketRow[]>`
      SELECT page.* FROM unnest(${keys.filter(isPossibleId)}::text[]) AS listed (key) CROSS JOIN LATERAL (
        SELECT ${TICKET_COLUMNS} FROM support_tickets t WHERE t.${column} = key ${filter} ${start}
        ORDER BY t.created_at DESC, t.id DESC LIMIT ${limit + 1}) AS page`;
    return rows.map(toTicket);
  }

  /** A page of the queue, with up to `limit + 1` tickets. */
  async queue({ limit, after, statuses, assigneeId, agentId }: QueuePage): Promise<SupportTicket[]> {
    const start = after
      ? Prisma.sql`AND (t.queue_at, t.id) > (${after.queueAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    const own = assigneeId === null ? Prisma.empty : Prisma.sql`AND t.assignee_id = ${assigneeId}`;
    const rows = await this.#sql.$queryRaw<TicketRow[]>`
      SELECT page.* FROM unnest(${[...statuses]}::text[]) AS listed (listed_status) CROSS JOIN LATERAL (
        SELECT ${TICKET_COLUMNS} FROM support_tickets t
        WHERE t.status = listed_status::"SupportTicketStatus" AND t.customer_id <> ${agentId} ${own} ${start}
        ORDER BY t.queue_at, t.id LIMIT ${limit + 1}) AS page
      ORDER BY "queueAt", id LIMIT ${limit + 1}`;
    return rows.map(toTicket);
  }

  async queueVersion(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ version: number }[]>`SELECT version FROM support_queue`;
    return row?.version ?? 0;
  }

  /** The tickets that changed after a version of the queue, the latest `limit` of them, in the order of their change. */
  async changedSince(queueVersion: number, limit: number): Promise<SupportTicket[]> {
    const rows = await this.#sql.$queryRaw<TicketRow[]>`
      SELECT ${TICKET_COLUMNS} FROM support_tickets t WHERE t.queue_version > ${queueVersion}::int
      ORDER BY t.queue_version DESC LIMIT ${limit}::int`;
    return rows.map(toTicket).toReversed();
  }

  /** Tickets with a deadline that runs and has passed. @param unassigned only those that nobody has */
  async countOverdue({ unassigned = false } = {}): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ overdue: number }[]>`
      SELECT count(*)::int AS overdue FROM support_tickets
      WHERE status IN ('OPEN', 'SNOOZED') AND queue_at < now() AND (assignee_id IS NULL OR NOT ${unassigned}::boolean)`;
    return row?.overdue ?? 0;
  }

  /** For how long the check that is due the longest has been due, in seconds. */
  async checkLagSeconds(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ lag: number }[]>`
      SELECT greatest(0, extract(epoch FROM now() - min(check_at)))::float8 AS lag
      FROM support_tickets WHERE check_at IS NOT NULL`;
    return row?.lag ?? 0;
  }

  /** Open tickets that nobody is assigned to. */
  async countUnassigned(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM support_tickets WHERE assignee_id IS NULL AND status = 'OPEN'`;
    return row?.waiting ?? 0;
  }
}

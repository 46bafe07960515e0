import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import type { LatestPage } from '@marquee/subgraph';

import type { Tickets } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import { rowsOf } from './city-keys.ts';
import { OF_TICKET, TICKET_COLUMNS } from './ticket-row.ts';

/** Tickets, by what people look for. */
export class TicketRepository implements Tickets {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  findMany(ids: readonly string[]): Promise<Ticket[]> {
    return this.#select(rowsOf('tickets', ids, 'id', 'ticket'), Prisma.empty);
  }

  async find(id: string): Promise<Ticket | null> {
    const [ticket] = await this.findMany([id]);
    return ticket ?? null;
  }

  ofBookings(bookingIds: readonly string[]): Promise<Ticket[]> {
    return this.#select(rowsOf('tickets', bookingIds, 'booking_id', 'ticket'), Prisma.sql`ORDER BY ticket.id`);
  }

  /** The tickets that admit somebody, the latest first, and one beyond the limit when more follow. */
  ofHolder(holderId: string, { limit, after }: LatestPage): Promise<Ticket[]> {
    const start = after
      ? Prisma.sql`AND (issued_at, ticket.id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    return this.#select(
      Prisma.sql`tickets AS ticket`,
      Prisma.sql`WHERE holder_id = ${holderId} ${start}
      ORDER BY issued_at DESC, ticket.id DESC LIMIT ${limit + 1}`,
    );
  }

  #select(tickets: Prisma.Sql, rest: Prisma.Sql): Promise<Ticket[]> {
    return this.#client.$queryRaw<Ticket[]>`SELECT ${TICKET_COLUMNS} FROM ${tickets} ${OF_TICKET} ${rest}`;
  }
}

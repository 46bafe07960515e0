import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import type { LatestPage } from '@marquee/subgraph';

import type { Tickets } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import { cityKeys } from './city-keys.ts';
import { OF_TICKET, TICKET_COLUMNS } from './ticket-row.ts';

/** Tickets, by what people look for. */
export class TicketRepository implements Tickets {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  findMany(ids: readonly string[]): Promise<Ticket[]> {
    const { cityCode, id } = cityKeys(ids);
    if (id.in.length === 0) return Promise.resolve([]);
    return this.#select(Prisma.sql`ticket.city_code = ANY (${cityCode.in}) AND ticket.id = ANY (${id.in})`);
  }

  async find(id: string): Promise<Ticket | null> {
    const [ticket] = await this.findMany([id]);
    return ticket ?? null;
  }

  ofBookings(bookingIds: readonly string[]): Promise<Ticket[]> {
    const { cityCode, id } = cityKeys(bookingIds);
    if (id.in.length === 0) return Promise.resolve([]);
    return this.#select(Prisma.sql`ticket.city_code = ANY (${cityCode.in}) AND booking_id = ANY (${id.in})
      ORDER BY ticket.id`);
  }

  /** The tickets that admit somebody, the latest first, and one beyond the limit when more follow. */
  ofHolder(holderId: string, { limit, after }: LatestPage): Promise<Ticket[]> {
    const start = after
      ? Prisma.sql`AND (issued_at, ticket.id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    return this.#select(Prisma.sql`holder_id = ${holderId} ${start}
      ORDER BY issued_at DESC, ticket.id DESC LIMIT ${limit + 1}`);
  }

  #select(condition: Prisma.Sql): Promise<Ticket[]> {
    return this.#client.$queryRaw<Ticket[]>`
      SELECT ${TICKET_COLUMNS} FROM tickets AS ticket ${OF_TICKET} WHERE ${condition}`;
  }
}

import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import type { CityKey } from './city-keys.ts';
import { SWEEP_BATCH, withSweepLock } from './sweep-lock.ts';
import { cancelForVenue } from './venue-cancellations.ts';

const REASON = Prisma.sql`'Nobody accepted the tickets, so their seats are on sale again.'`;

/** Complimentary tickets that nobody accepted in time, or whose offer was taken back. */
export class UnacceptedTicketRepository {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /**
   * Cancels them, so that their seats are on sale again. Without a holder and an offer nobody can accept them meanwhile.
   */
  async cancel(): Promise<void> {
    const due = await this.#client.$queryRaw<(CityKey & { ticketIds: string[] })[]>`
      SELECT city_code AS "cityCode", booking_id AS id, array_agg(ticket.id) AS "ticketIds" FROM tickets AS ticket
      WHERE holder_id IS NULL AND status = 'ISSUED' AND NOT EXISTS (SELECT FROM ticket_transfers AS transfer
        WHERE transfer.city_code = ticket.city_code AND transfer.ticket_id = ticket.id AND transfer.status = 'PENDING')
      GROUP BY city_code, booking_id LIMIT ${SWEEP_BATCH}`;
    const unaccepted = new Set(due.flatMap(({ ticketIds }) => ticketIds));
    await withSweepLock(this.#client, due, (tx, cityCode, ids) =>
      cancelForVenue(tx, {
        ...{ cityCode, condition: Prisma.sql`id = ANY (${ids})`, reason: REASON },
        isDue: (ticket) => unaccepted.has(ticket.id),
      }),
    );
  }
}

import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import type { CityKey } from './city-keys.ts';
import { SWEEP_BATCH, withSweepLock } from './sweep-lock.ts';
import { cancelForVenue } from './venue-cancellations.ts';

/** The most bookings that one run cancels. */
const MAX_A_RUN = 20_000;

const REASON = Prisma.sql`(
  SELECT cancellation_reason FROM shows WHERE shows.city_code = bookings.city_code AND shows.id = bookings.show_id)`;

/** Shows that their venues cancelled. */
export class CancelledShowRepository {
  readonly #client: PrismaClient;
  readonly #batch: number;

  constructor(client: PrismaClient, batch = SWEEP_BATCH) {
    this.#client = client;
    this.#batch = batch;
  }

  /**
   * Cancels their bookings, also those that were made or paid while the show was being cancelled. Each batch commits on
   * its own, and the next run finds what a run that was stopped has left.
   */
  async cancelBookings(): Promise<void> {
    const due = await this.#client.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM bookings
      WHERE show_id = ANY (ARRAY (SELECT id FROM shows WHERE cancelled_at > now() - interval '7 days'))
        AND status IN ('PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED')
      LIMIT ${MAX_A_RUN}`;
    for (let start = 0; start < due.length; start += this.#batch) {
      await this.#cancelBatch(due.slice(start, start + this.#batch));
    }
  }

  async #cancelBatch(due: readonly CityKey[]): Promise<void> {
    await withSweepLock(this.#client, due, (tx, cityCode, ids) =>
      cancelForVenue(tx, { cityCode, condition: Prisma.sql`id = ANY (${ids})`, reason: REASON }),
    );
  }
}

import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import { cancelStatement } from './booking-cancellation.ts';
import { lockClaims } from './seat-claims.ts';
import { SWEEP_BATCH, withSweepLock } from './sweep-lock.ts';

/** Shows that their venues cancelled. */
export class CancelledShowRepository {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** Cancels their bookings, also those that were made or paid while the show was being cancelled. */
  async cancelBookings(): Promise<void> {
    const due = await this.#client.$queryRaw<{ id: string }[]>`
      SELECT booking.id FROM shows
      JOIN bookings AS booking ON booking.city_code = shows.city_code AND booking.show_id = shows.id
      WHERE shows.cancelled_at > now() - interval '7 days' AND booking.status IN ('PENDING_PAYMENT', 'CONFIRMED')
      LIMIT ${SWEEP_BATCH}`;
    await withSweepLock(this.#client, due, async (tx, { cityCode, id }) => {
      await lockClaims(tx, Prisma.sql`city_code = ANY (${cityCode.in}) AND booking_id = ANY (${id.in})`);
      const unlocked = Prisma.sql`(city_code, id) IN (
        SELECT city_code, id FROM bookings WHERE city_code = ANY (${cityCode.in}) AND id = ANY (${id.in})
        FOR UPDATE SKIP LOCKED)`;
      await tx.$executeRaw(cancelStatement(unlocked, Prisma.sql`cancellation_reason`));
    });
  }
}

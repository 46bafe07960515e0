import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import { expireStatement } from './booking-expiry.ts';
import { lockClaims } from './seat-claims.ts';
import { SWEEP_BATCH, withSweepLock } from './sweep-lock.ts';

/** Bookings past their payment deadline. */
export class OverdueBookingRepository {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** Expires them and frees their seats. */
  async expire(): Promise<void> {
    const due = await this.#client.$queryRaw<{ id: string }[]>`
      SELECT id FROM bookings WHERE status = 'PENDING_PAYMENT' AND expires_at <= now()
      ORDER BY expires_at LIMIT ${SWEEP_BATCH}`;
    await withSweepLock(this.#client, due, async (tx, { cityCode, id }) => {
      await lockClaims(tx, Prisma.sql`city_code = ANY (${cityCode.in}) AND booking_id = ANY (${id.in})`);
      const overdue = Prisma.sql`(city_code, id) IN (
        SELECT city_code, id FROM bookings WHERE city_code = ANY (${cityCode.in}) AND id = ANY (${id.in})
          AND status = 'PENDING_PAYMENT' AND expires_at <= now() FOR UPDATE SKIP LOCKED)`;
      await tx.$executeRaw(expireStatement(overdue));
    });
  }
}

import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import { expireStatement } from './booking-expiry.ts';
import type { CityKey } from './city-keys.ts';
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
    const due = await this.#client.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM bookings WHERE status = 'PENDING_PAYMENT' AND expires_at <= now()
      ORDER BY expires_at LIMIT ${SWEEP_BATCH}`;
    await withSweepLock(this.#client, due, async (tx, cityCode, ids) => {
      await lockClaims(tx, Prisma.sql`city_code = ${cityCode} AND booking_id = ANY (${ids})`);
      const overdue = Prisma.sql`id IN (
        SELECT id FROM bookings WHERE city_code = ${cityCode} AND id = ANY (${ids})
          AND status = 'PENDING_PAYMENT' AND expires_at <= now() FOR UPDATE SKIP LOCKED)`;
      await tx.$executeRaw(expireStatement(cityCode, overdue));
    });
  }
}

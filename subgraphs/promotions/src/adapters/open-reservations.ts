import type { SqlDatabase } from '@marquee/database';

import type { OpenReservation } from '../domain/ports.ts';
import type { UseStep } from '../domain/use-course.ts';
import { UsedCouponRepository } from './used-coupons.ts';

/** Reservations are looked at after so long: a minute after the last moment at which a booking could follow. */
const OPEN_SECONDS = 120;
const BATCH = 500;

/** Reservations that no booking is known to have followed in time. */
export class OpenReservationRepository {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  /** The oldest first. */
  async open(): Promise<OpenReservation[]> {
    return this.#client.$queryRaw<OpenReservation[]>`
      SELECT hold_id AS "holdId", reserved_at::text AS "reservedAt" FROM coupon_redemptions
      WHERE status = 'RESERVED' AND booking_id IS NULL
        AND reserved_at <= now() - make_interval(secs => ${OPEN_SECONDS}::int)
      ORDER BY reserved_at LIMIT ${BATCH}`;
  }

  /** Notes the bookings that have followed. */
  async follow(steps: readonly UseStep[]): Promise<void> {
    await this.#client.$sqlTransaction((tx) => new UsedCouponRepository(tx).take(steps));
  }

  /** Forgets reservations that no booking followed, unless they were renewed since. */
  async release(reservations: readonly OpenReservation[]): Promise<void> {
    await this.#client.$sqlTransaction(async (tx) => {
      await new UsedCouponRepository(tx).lock(reservations.map(({ holdId }) => holdId));
      await tx.$executeRaw`
        WITH unfollowed AS (
          SELECT hold_id FROM coupon_redemptions
          JOIN jsonb_to_recordset(${JSON.stringify(reservations)}::jsonb) AS open ("holdId" text, "reservedAt" timestamptz)
            ON hold_id = "holdId" AND reserved_at = "reservedAt"
          WHERE status = 'RESERVED' AND booking_id IS NULL ORDER BY hold_id FOR UPDATE OF coupon_redemptions
        )
        DELETE FROM coupon_redemptions WHERE hold_id IN (SELECT hold_id FROM unfollowed)`;
    });
  }

  async count(): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ open: number }[]>`
      SELECT count(*)::int AS open FROM coupon_redemptions WHERE status = 'RESERVED' AND booking_id IS NULL
        AND reserved_at <= now() - make_interval(secs => ${2 * OPEN_SECONDS}::int)`;
    return row?.open ?? 0;
  }
}

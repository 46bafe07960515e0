import { Prisma, type PrismaClient } from '@marquee/prisma-booking';

import { type CityKey, idsByCity } from './city-keys.ts';
import { deleteOverStatement } from './hold-budget.ts';
import { emitHoldEnded } from './hold-ended.ts';
import { isoInstant } from './iso-instant.ts';
import { lockClaims } from './seat-claims.ts';
import { emitSeatChanges, FREED } from './seat-changes.ts';
import { SWEEP_BATCH, withSweepLock } from './sweep-lock.ts';
import { showOf } from './show-of.ts';

/** Holds at or near their expiry. */
export class ExpiringHoldRepository {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** Expires the holds whose time has run out, frees their seats and emits their end. */
  async expire(): Promise<void> {
    const due = await this.#client.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM seat_holds WHERE status = 'ACTIVE' AND expires_at <= now()
      ORDER BY expires_at LIMIT ${SWEEP_BATCH}`;
    await withSweepLock(this.#client, due, async (tx, cityCode, ids) => {
      await lockClaims(tx, Prisma.sql`city_code = ${cityCode} AND hold_id = ANY (${ids})`);
      await tx.$executeRaw`
        WITH due AS (
          SELECT id FROM seat_holds
          WHERE city_code = ${cityCode} AND id = ANY (${ids})
            AND status = 'ACTIVE' AND expires_at <= now() FOR UPDATE SKIP LOCKED
        ), expired AS (
          UPDATE seat_holds AS hold SET status = 'EXPIRED' FROM due
          WHERE hold.city_code = ${cityCode} AND hold.id = due.id
          RETURNING hold.*
        ), freed AS (
          DELETE FROM seat_claims AS claim USING expired
          WHERE claim.city_code = ${cityCode} AND claim.show_id = expired.show_id
            AND claim.hold_id = expired.id AND claim.state = 'HELD' AND claim.expires_at <= now()
          RETURNING ${FREED}
        ), changed AS (TABLE freed), ${emitSeatChanges(null, { cityCode })}, ${emitHoldEnded(null, 'expired')}
        SELECT 1`;
    });
  }

  /** Emits `booking.hold-expiring` once for each hold that expires within `seconds`. */
  async warn(seconds: number): Promise<void> {
    const isDue = Prisma.sql`status = 'ACTIVE' AND warned_at IS NULL AND expires_at > now()
      AND expires_at <= now() + make_interval(secs => ${seconds}::int)`;
    const due = await this.#client.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM seat_holds WHERE ${isDue} ORDER BY expires_at LIMIT ${SWEEP_BATCH}`;
    for (const [cityCode, ids] of idsByCity(due)) {
      await this.#client.$executeRaw`
        WITH due AS (
          SELECT id FROM seat_holds WHERE city_code = ${cityCode} AND id = ANY (${ids}) AND ${isDue}
          FOR UPDATE SKIP LOCKED
        ), warned AS (
          UPDATE seat_holds AS hold SET warned_at = now() FROM due
          WHERE hold.city_code = ${cityCode} AND hold.id = due.id RETURNING hold.*
        )
        INSERT INTO outbox_events (id, type, key, payload)
        SELECT gen_random_uuid(), 'booking.hold-expiring', warned.id, jsonb_build_object('holdId', warned.id,
          'customerId', warned.customer_id, 'showId', warned.show_id, 'titleName', shows.title_name,
          'expiresAt', ${isoInstant('warned.expires_at')})
        FROM warned ${showOf('warned', cityCode)}`;
    }
  }

  /** Deletes the budgets of holds that count no longer. */
  async deleteBudgets(): Promise<void> {
    await this.#client.$executeRaw(deleteOverStatement);
  }
}

import type { PrismaClient } from '@marquee/prisma-booking';

import { type CityKey, idsByCity } from './city-keys.ts';
import { SWEEP_BATCH } from './sweep-lock.ts';
import { showOf } from './show-of.ts';

/** Shows that are over. */
export class EndedShowRepository {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /**
   * Completes their bookings, batch by batch. A show is looked at until an hour after its end, because a payment in time
   * may be recorded late.
   */
  async completeBookings(): Promise<void> {
    while ((await this.#completeBatch()) === SWEEP_BATCH);
    const over = await this.#client.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM shows
      WHERE completed_at IS NULL AND ends_at <= now() - interval '1 hour'`;
    for (const [cityCode, ids] of idsByCity(over)) {
      await this.#client.$executeRaw`
        UPDATE shows SET completed_at = now()
        WHERE city_code = ${cityCode} AND id = ANY (${ids}) AND NOT EXISTS (
          SELECT FROM bookings WHERE city_code = ${cityCode} AND show_id = shows.id
            AND status IN ('CONFIRMED', 'PARTIALLY_CANCELLED'))`;
    }
  }

  /** @returns the number of bookings that it completed */
  async #completeBatch(): Promise<number> {
    const due = await this.#client.$queryRaw<CityKey[]>`
      SELECT city_code AS "cityCode", id FROM bookings
      WHERE status IN ('CONFIRMED', 'PARTIALLY_CANCELLED') AND show_id = ANY (ARRAY (
        SELECT id FROM shows WHERE completed_at IS NULL AND ends_at <= now() AND cancelled_at IS NULL))
      LIMIT ${SWEEP_BATCH}`;
    let completed = 0;
    for (const [cityCode, ids] of idsByCity(due)) completed += await this.#complete(cityCode, ids);
    return completed;
  }

  #complete(cityCode: string, ids: readonly string[]): Promise<number> {
    return this.#client.$executeRaw`
      WITH due AS (
        SELECT id, status FROM bookings
        WHERE city_code = ${cityCode} AND id = ANY (${ids}) AND status::text IN ('CONFIRMED', 'PARTIALLY_CANCELLED')
        FOR UPDATE SKIP LOCKED
      ), completed AS (
        UPDATE bookings AS booking SET status = 'COMPLETED', version = version + 1 FROM due
        WHERE booking.city_code = ${cityCode} AND booking.id = due.id
        RETURNING booking.city_code, booking.id, version, customer_id, show_id, venue_id, due.status AS previous
      ), recorded AS (
        INSERT INTO booking_events (city_code, booking_id, version, type, data)
        SELECT city_code, id, version, 'COMPLETED', '{}'::jsonb FROM completed
      )
      INSERT INTO outbox_events (id, type, key, payload)
      SELECT gen_random_uuid(), 'booking.completed', completed.id, jsonb_build_object('bookingId', completed.id,
        'previousStatus', previous, 'customerId', customer_id, 'showId', show_id, 'titleId', title_id,
        'venueId', completed.venue_id)
      FROM completed ${showOf('completed', cityCode)}`;
  }
}

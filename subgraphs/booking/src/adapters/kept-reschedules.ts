import { type IdempotencyRow, keyInsert } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import { differenceOf, differenceParts, type Reschedule } from '../domain/reschedule.ts';
import { spendOnHold } from './hold-budget.ts';
import { CHANGED_BOOKING } from './booking-row.ts';
import { isoInstant } from './iso-instant.ts';
import { claimForReschedule, lockForReschedule, mayTake } from './reschedule-claims.ts';
import { emitSeatChanges, FREED } from './seat-changes.ts';

/** The terms that decide a change of show. */
export interface RescheduleTerms {
  /** The version of the other show as it was read. */
  readonly showVersion: number;
  /** The most seats that the customer may have in it. */
  readonly maxSeats: number;
  /** The most seats that the customer may hold or have yet to pay in all shows. */
  readonly maxUnpaidSeats: number;
  /** The time to pay the difference. */
  readonly paymentSeconds: number;
  /** How long the customer may keep seats of a show without paying, in an hour. */
  readonly unpaidSeconds: number;
  readonly idempotency: IdempotencyRow;
}

/**
 * Keeps the seats of the other show until the difference is paid, and emits `booking.reschedule-requested`. The booking
 * and its tickets stay as they are.
 *
 * Violates `bookings_all_or_none` when a seat is taken or kept for others, or the customer would have too many or has kept
 * seats of the show for too long.
 */
export function keepStatement(change: Reschedule, terms: RescheduleTerms): Prisma.Sql {
  const { booking, to } = change;
  const { cityCode, customerId } = booking;
  const difference = differenceOf(change);
  const parts = JSON.stringify(differenceParts(change));
  const traceparent = currentTraceparent();
  return Prisma.sql`
    WITH live AS MATERIALIZED (${lockForReschedule(change, terms.showVersion)}), usage AS MATERIALIZED (
      SELECT usage.* FROM live, lock_seat_usage(${customerId}, ${cityCode}, ${to.showId}, '{}') AS usage
      WHERE live.pending_reschedule IS NULL
    ), budget AS (${spendOnHold({ ...terms, show: { cityCode, id: to.showId }, customerId, holdSeconds: terms.paymentSeconds })}),
    term AS MATERIALIZED (
      SELECT least(starts_at, held_until)::timestamptz(3) AS expires_at
      FROM budget, shows WHERE shows.city_code = ${cityCode} AND shows.id = ${to.showId}
    ), claimed AS (${claimForReschedule(
      change,
      'PENDING',
      Prisma.sql`usage, term WHERE term.expires_at > now()::timestamptz(3) AND ${mayTake(change, terms.maxSeats)}
        AND usage.unpaid + ${to.seats.length}::int <= seats_allowed(${customerId}, ${terms.maxUnpaidSeats}::int)`,
      Prisma.sql`term.expires_at`,
    )}), kept AS (
      UPDATE bookings AS booking SET version = booking.version + 1,
        pending_reschedule = ${JSON.stringify(to)}::jsonb || jsonb_build_object('expiresAt', ${isoInstant('term.expires_at')}),
        claimed_count = CASE WHEN (SELECT count(*) FROM claimed) = ${to.seats.length} THEN booking.claimed_count ELSE -1 END
      FROM live, term WHERE booking.city_code = ${cityCode} AND booking.id = live.id
      RETURNING booking.*
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'RESCHEDULE_REQUESTED', pending_reschedule FROM kept
    ), keyed AS (${keyInsert(terms.idempotency, CHANGED_BOOKING, Prisma.sql`kept`)}), emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.reschedule-requested', kept.id, jsonb_build_object('bookingId', kept.id,
        'customerId', customer_id, 'showId', shows.id, 'requestNumber', version,
        'expiresAt', pending_reschedule->'expiresAt', 'total', jsonb_build_object('amount', ${difference}::bigint,
          'currency', currency), 'sale', ${parts}::jsonb || jsonb_build_object('organisationId', organisation_id,
          'country', country, 'startsAt', ${isoInstant('starts_at')}, 'endsAt', ${isoInstant('ends_at')},
          'showVersion', show_version)), ${traceparent}
      FROM kept JOIN shows ON shows.city_code = ${cityCode} AND shows.id = ${to.showId}
    ), changed AS (SELECT *, 'HELD' AS status FROM claimed), ${emitSeatChanges(traceparent, { cityCode })}
    SELECT id, version FROM kept`;
}

/**
 * Gives up changes of show whose difference was not paid in time, and frees their seats. The bookings stay as they are.
 *
 * @param condition on `bookings` of the city
 */
export function giveUpStatement(cityCode: string, condition: Prisma.Sql): Prisma.Sql {
  const traceparent = currentTraceparent();
  return Prisma.sql`
    WITH due AS MATERIALIZED (
      SELECT id, pending_reschedule->>'showId' AS show_id FROM bookings
      WHERE city_code = ${cityCode} AND ${condition} AND pending_reschedule IS NOT NULL
      ORDER BY id FOR UPDATE SKIP LOCKED
    ), locked AS MATERIALIZED (
      SELECT claim.show_id, claim.seat_id FROM due JOIN seat_claims AS claim
        ON claim.city_code = ${cityCode} AND claim.show_id = due.show_id AND claim.booking_id = due.id
          AND claim.state = 'PENDING'
      ORDER BY claim.show_id, claim.seat_id FOR UPDATE OF claim
    ), freed AS (
      DELETE FROM seat_claims AS claim USING locked
      WHERE claim.city_code = ${cityCode} AND claim.show_id = locked.show_id AND claim.seat_id = locked.seat_id
      RETURNING ${FREED}
    ), given_up AS (
      UPDATE bookings AS booking SET version = version + 1, pending_reschedule = NULL FROM due
      WHERE booking.city_code = ${cityCode} AND booking.id = due.id
      RETURNING booking.city_code, booking.id, version, customer_id
    ), recorded AS (
      INSERT INTO booking_events (city_code, booking_id, version, type, data)
      SELECT city_code, id, version, 'RESCHEDULE_EXPIRED', '{}'::jsonb FROM given_up
    ), emitted AS (
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.reschedule-expired', id,
        jsonb_build_object('bookingId', id, 'customerId', customer_id), ${traceparent} FROM given_up
    ), changed AS (TABLE freed), ${emitSeatChanges(traceparent, { cityCode })}
    SELECT 1`;
}

import { isDeepStrictEqual } from 'node:util';
import type { SqlTransaction } from '@marquee/database';

import { type BookingEvent, type BookingState, foldHistory } from '../domain/booking-history.ts';
import { BOOKING_COLUMNS, type BookingRow, toBooking } from './booking-row.ts';

/** A booking whose events do not give its row. */
export interface DifferingBooking {
  readonly bookingId: string;
  /** The fields that differ, or why its events cannot be folded. */
  readonly differences: readonly string[];
}

interface AuditedRow extends BookingRow, Omit<BookingState, keyof BookingRow | 'price'> {
  readonly events: readonly (Omit<BookingEvent, 'at'> & { readonly at: string })[];
}

const BATCH = 1_000;

/**
 * Folds the events of every booking and compares the outcome with its row and its tickets, of one moment each.
 *
 * @returns after each batch the number of bookings that were compared and those of them that differ
 */
export async function* auditBookings(client: Pick<SqlTransaction, '$queryRaw'>) {
  let [cityCode, id] = ['', ''];
  for (;;) {
    const rows = await client.$queryRaw<AuditedRow[]>`
      SELECT ${BOOKING_COLUMNS}, hold_id AS "holdId", venue_id AS "venueId", complimentary_reason AS "complimentaryReason",
        ARRAY(SELECT seat_id FROM tickets AS ticket WHERE ticket.city_code = booking.city_code
          AND ticket.booking_id = booking.id AND ticket.status <> 'CANCELLED') AS "ticketSeatIds",
        (SELECT coalesce(jsonb_agg(to_jsonb(event) ORDER BY version), '[]') FROM booking_events AS event
          WHERE event.city_code = booking.city_code AND event.booking_id = booking.id) AS events
      FROM bookings AS booking WHERE (city_code, id) > (${cityCode}, ${id}) ORDER BY city_code, id LIMIT ${BATCH}`;
    yield { compared: rows.length, differing: rows.flatMap(differingBooking) };
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    ({ cityCode, id } = last);
  }
}

function differingBooking({ events, ...row }: AuditedRow): DifferingBooking[] {
  const { id: bookingId, cityCode: _cityCode, ...found } = { ...row, ...toBooking(row) };
  const { subtotal: _s, fees: _f, tax: _t, discount: _d, total: _o, currency: _c, ...kept } = found;
  const state = { ...kept, ticketSeatIds: row.ticketSeatIds.toSorted() };
  try {
    const folded: BookingState = foldHistory(events.map(({ at, ...event }) => ({ ...event, at: new Date(at) })));
    const fields = [...new Set([...Object.keys(state), ...Object.keys(folded)])] as (keyof BookingState)[];
    const differences = fields.filter((field) => !isDeepStrictEqual(state[field], folded[field]));
    return differences.length === 0 ? [] : [{ bookingId, differences }];
  } catch (error) {
    return [{ bookingId, differences: [error instanceof Error ? error.message : String(error)] }];
  }
}

import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-booking';

import { type BookedTicket, type Cancellation, cancellationOf } from '../domain/cancellation.ts';
import { cancelStatement } from './booking-cancellation.ts';
import { BOOKING_COLUMNS, type BookingRow, toBooking } from './booking-row.ts';

interface LiveBookingRow extends BookingRow {
  readonly tickets: readonly BookedTicket[];
  readonly reason: string;
}

const VALID_TICKETS = Prisma.sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', ticket.id, 'seat', ticket.seat, 'status', ticket.status)), '[]')
  FROM tickets AS ticket
  WHERE ticket.city_code = bookings.city_code AND ticket.booking_id = bookings.id AND ticket.status <> 'CANCELLED')`;

/** Which bookings a venue cancels, and why. */
export interface VenueCancellation {
  readonly cityCode: string;
  /** On `bookings` of the city. */
  readonly condition: Prisma.Sql;
  /** For the customers; an expression over `bookings`. */
  readonly reason: Prisma.Sql;
  /** Which of their tickets; all by default. */
  readonly isDue?: (ticket: BookedTicket) => boolean;
}

/**
 * Cancels live bookings on behalf of their venue: refunded in full, whatever their policy and also where
 * tickets were passed on. One that changes meanwhile is left for the next run.
 *
 * @returns how many it cancelled
 */
export async function cancelForVenue(
  tx: SqlTransaction,
  { cityCode, condition, reason, isDue = () => true }: VenueCancellation,
): Promise<number> {
  const rows = await tx.$queryRaw<LiveBookingRow[]>`
    SELECT ${BOOKING_COLUMNS}, ${VALID_TICKETS} AS tickets, ${reason} AS reason FROM bookings
    WHERE city_code = ${cityCode} AND ${condition} AND status IN ('PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED')`;
  if (rows.length === 0) return 0;
  const cancellations = rows.map((row) => cancellationFor(row, isDue));
  const changed = await tx.$queryRaw<object[]>(cancelStatement(cityCode, cancellations));
  return changed.length;
}

function cancellationFor(
  { tickets, reason, ...row }: LiveBookingRow,
  isDue: (ticket: BookedTicket) => boolean,
): Cancellation {
  const chosen = tickets.filter(isDue);
  const cancelled = cancellationOf(toBooking(row), { all: tickets, chosen, refundPercent: 100 });
  return { ...cancelled, refundTo: 'SOURCE', by: 'VENUE', reason };
}

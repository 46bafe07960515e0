import { minorUnits } from '@marquee/money';
import { Prisma } from '@marquee/prisma-booking';

import type { Booking } from '../domain/booking.ts';
import type { Price } from '../domain/price.ts';

/** A row of `bookings` as raw statements return it. */
export interface BookingRow extends Omit<Booking, 'price' | AmountOfRow>, Record<Amount, bigint> {
  readonly currency: string;
}

type AmountOfRow = 'refunded' | 'refundRequested';
type Amount = Exclude<keyof Price, 'currency'> | AmountOfRow;

export const BOOKING_COLUMNS = Prisma.sql`id, city_code AS "cityCode", customer_id AS "customerId",
  show_id AS "showId", status, version, created_at AS "createdAt", expires_at AS "expiresAt", seats, subtotal, fees, tax,
  discount, total, refunded, refund_requested AS "refundRequested", currency, payment_id AS "paymentId", payments,
  cancellation_tiers AS "cancellationTiers", free_cancellation_until AS "freeCancellationUntil",
  pending_reschedule AS "pendingReschedule", review, coupon`;

/** The outcome of a request that changed a booking: its id and the version, as `id#version`. */
export const CHANGED_BOOKING = Prisma.sql`id || '#' || version`;

export function toBooking(row: BookingRow): Booking {
  const { subtotal, fees, tax, discount, total, refunded, refundRequested, currency, ...booking } = row;
  const price = {
    currency,
    subtotal: minorUnits(subtotal),
    fees: minorUnits(fees),
    tax: minorUnits(tax),
    discount: minorUnits(discount),
    total: minorUnits(total),
  };
  return { ...booking, price, refunded: minorUnits(refunded), refundRequested: minorUnits(refundRequested) };
}

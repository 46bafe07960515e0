import { Prisma } from '@marquee/prisma-booking';

import type { Booking, BookingStatus } from '../domain/booking.ts';
import type { PricedSeat } from '../domain/hold.ts';

/** A row of `bookings` as raw statements return it. */
export interface BookingRow {
  readonly id: string;
  readonly city_code: string;
  readonly customer_id: string;
  readonly show_id: string;
  readonly status: BookingStatus;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly seats: readonly PricedSeat[];
  readonly subtotal: number;
  readonly fees: number;
  readonly tax: number;
  readonly discount: number;
  readonly total: number;
  readonly refunded: number;
  readonly currency: string;
  readonly payment_id: string | null;
}

export const BOOKING_COLUMNS = Prisma.sql`id, city_code, customer_id, show_id, status, created_at, expires_at, seats,
  subtotal, fees, tax, discount, total, refunded, currency, payment_id`;

export function bookingOf(row: BookingRow): Booking {
  const { subtotal, fees, tax, discount, total, currency } = row;
  return {
    id: row.id,
    cityCode: row.city_code,
    customerId: row.customer_id,
    showId: row.show_id,
    status: row.status,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    seats: row.seats,
    price: { currency, subtotal, fees, tax, discount, total },
    refunded: row.refunded,
    paymentId: row.payment_id,
  };
}

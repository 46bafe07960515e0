import { Prisma } from '@marquee/prisma-booking';

import type { Booking } from '../domain/booking.ts';
import type { Price } from '../domain/price.ts';

/** A row of `bookings` as raw statements return it. */
export type BookingRow = Omit<Booking, 'price'> & Price;

export const BOOKING_COLUMNS = Prisma.sql`id, city_code AS "cityCode", customer_id AS "customerId",
  show_id AS "showId", status, created_at AS "createdAt", expires_at AS "expiresAt", seats, subtotal, fees, tax,
  discount, total, refunded, currency, payment_id AS "paymentId"`;

export function bookingOf({ subtotal, fees, tax, discount, total, currency, ...booking }: BookingRow): Booking {
  return { ...booking, price: { currency, subtotal, fees, tax, discount, total } };
}

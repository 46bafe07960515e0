import type { Booking } from '../domain/booking.ts';
import type { LockedBookings } from '../domain/locked-bookings.ts';

/** @throws when there is no such booking */
export async function lockBooking(bookings: Pick<LockedBookings, 'lock'>, id: string): Promise<Booking> {
  const booking = await bookings.lock(id);
  if (!booking) throw new Error(`A payment refers to the unknown booking ${id}`);
  return booking;
}

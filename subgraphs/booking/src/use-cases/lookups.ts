import { notFound } from '@marquee/errors';

import type { Booking } from '../domain/booking.ts';
import type { SeatHold } from '../domain/hold.ts';
import type { Bookings, Holds, Shows } from '../domain/ports.ts';
import type { Show } from '../domain/show.ts';

/** @throws {CodedError} NOT_FOUND */
export async function requireHold(holds: Pick<Holds, 'find'>, id: string): Promise<SeatHold> {
  const hold = await holds.find(id);
  if (!hold) throw notFound('hold');
  return hold;
}

/** @throws {CodedError} NOT_FOUND */
export async function requireBooking(bookings: Pick<Bookings, 'find'>, id: string): Promise<Booking> {
  const booking = await bookings.find(id);
  if (!booking) throw notFound('booking');
  return booking;
}

export interface RequireShowDeps {
  readonly shows: Pick<Shows, 'find'>;
}

/** @throws {CodedError} NOT_FOUND */
export async function requireShow({ shows }: RequireShowDeps, id: string): Promise<Show> {
  const show = await shows.find(id);
  if (!show) throw notFound('show');
  return show;
}

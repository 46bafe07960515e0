import { forbidden, notFound } from '@marquee/errors';

import { HoldExpiredError } from '../errors.ts';
import type { Booking } from '../domain/booking.ts';
import { existingHold } from './hold-seats.ts';
import type { Bookings, Holds, Once, Shows } from '../domain/ports.ts';
import { type FeeRates, priceBooking } from '../domain/price-booking.ts';
import { sellableShow } from './sellable-show.ts';

export interface CreateBookingDeps {
  readonly shows: Shows;
  readonly holds: Holds;
  readonly bookings: Bookings;
  readonly once: Once;
  readonly now: () => Date;
  readonly newBookingId: (cityCode: string) => string;
  readonly fees: FeeRates;
  /** How long a booking waits for its payment. */
  readonly paymentSeconds: number;
}

export interface CreateBookingInput {
  readonly customerId: string;
  readonly holdId: string;
  readonly idempotencyKey: string;
}

/**
 * Makes a booking of a hold. Its seats stay kept while it waits for its payment.
 *
 * @throws {HoldExpiredError} when the hold is over, released or booked
 * @throws {ShowClosedError} when the show has begun
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN when the hold is somebody else's
 */
export async function createBooking(deps: CreateBookingDeps, input: CreateBookingInput): Promise<Booking> {
  const { customerId, holdId, idempotencyKey } = input;
  return deps.once(
    { caller: customerId, operation: 'createBooking', key: idempotencyKey, body: { holdId } },
    async (key) => {
      const hold = await existingHold(deps.holds, holdId);
      if (hold.customerId !== customerId) throw forbidden('This hold belongs to somebody else.');
      await sellableShow(deps, hold.showId);
      const id = deps.newBookingId(hold.cityCode);
      const price = priceBooking(hold.total, deps.fees);
      const booking = await deps.bookings.create({ id, hold, price, paymentSeconds: deps.paymentSeconds, key });
      if (!booking) throw new HoldExpiredError();
      return booking;
    },
    (bookingId) => existingBooking(deps.bookings, bookingId),
  );
}

/** @throws {CodedError} NOT_FOUND */
export async function existingBooking(bookings: Pick<Bookings, 'find'>, id: string): Promise<Booking> {
  const booking = await bookings.find(id);
  if (!booking) throw notFound('booking');
  return booking;
}

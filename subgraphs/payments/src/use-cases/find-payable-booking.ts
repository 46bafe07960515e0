import { notFound, unavailable } from '@marquee/errors';

import { requireOwner } from '../access.ts';
import type { ClosedBooking, FetchBooking, PayableBooking } from '../domain/payable-booking.ts';
import { isLive } from '../domain/payment.ts';
import type { Arrivals, PayableBookings, Payments } from '../domain/ports.ts';
import { BookingNotPayableError } from '../errors.ts';

export interface FindPayableBookingDeps {
  readonly bookings: Pick<PayableBookings, 'find' | 'add' | 'close'>;
  readonly arrivals: Arrivals;
  readonly payments: Pick<Payments, 'currentOf'>;
  readonly fetchBooking: FetchBooking;
  readonly now: () => Date;
}

/**
 * The customer's booking, provided it can be paid now.
 *
 * @throws {BookingNotPayableError} when it has expired or been paid
 * @throws {CodedError} NOT_FOUND, FORBIDDEN when it belongs to another customer, SUBGRAPH_UNAVAILABLE when its event has
 * not arrived yet and booking does not answer
 */
export async function findPayableBooking(
  deps: FindPayableBookingDeps,
  { bookingId, customerId }: { bookingId: string; customerId: string },
): Promise<PayableBooking> {
  const { bookings, arrivals } = deps;
  const known = (await arrivals.arrival(bookingId)) ?? (await bookings.find(bookingId));
  const booking = known ?? (await fetchAndAdd(deps, bookingId));
  requireOwner('booking', booking, customerId);
  if (booking.status === 'PAYABLE' && booking.expiresAt > deps.now()) return booking;
  const refusal = await notPayable(deps, bookingId);
  const difference = await findRequestedDifference(deps, bookingId, refusal);
  if (difference === null) throw refusal;
  return difference;
}

/**
 * The difference that a paid booking awaits because it moves to another show, when its event has not arrived yet.
 *
 * @returns null when none is due, or booking does not answer
 */
export async function findRequestedDifference(
  { bookings, fetchBooking }: Pick<FindPayableBookingDeps, 'bookings' | 'fetchBooking'>,
  bookingId: string,
  { reason }: BookingNotPayableError,
): Promise<PayableBooking | null> {
  if (reason !== 'PAID') return null;
  const booking = await fetchBooking(bookingId).catch(() => null);
  if (booking?.status !== 'PAYABLE') return null;
  await bookings.add([booking]);
  return booking;
}

async function fetchAndAdd(deps: FindPayableBookingDeps, id: string): Promise<PayableBooking | ClosedBooking> {
  const booking = await deps.fetchBooking(id).catch((cause: unknown) => {
    throw unavailable('booking', { cause });
  });
  if (!booking) throw notFound('booking');
  await (booking.status === 'PAYABLE' ? deps.bookings.add([booking]) : deps.bookings.close([booking], deps.now()));
  return booking;
}

/** The error that says why a booking accepts no new payment. */
export async function notPayable(
  { payments }: Pick<FindPayableBookingDeps, 'payments'>,
  bookingId: string,
): Promise<BookingNotPayableError> {
  const current = await payments.currentOf(bookingId);
  if (!current || current.refundedAmount === current.amount.amount) return new BookingNotPayableError('EXPIRED');
  return new BookingNotPayableError(isLive(current) ? 'PAYMENT_UNDER_WAY' : 'PAID');
}

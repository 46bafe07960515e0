import { forbidden, notFound, unavailable } from '@marquee/errors';

import { BookingNotPayableError } from '../errors.ts';
import type { Money } from './money.ts';
import { isLive } from './payment.ts';
import type { PayableBookings, Payments } from './ports.ts';

/** A booking that waits for its payment, as booking told it. */
export interface PayableBooking {
  readonly status: 'PAYABLE';
  readonly id: string;
  readonly customerId: string;
  readonly total: Money;
  readonly expiresAt: Date;
}

/** A booking that cannot be paid any more. */
export interface ClosedBooking {
  readonly status: 'CLOSED';
  readonly id: string;
  readonly customerId: string;
}

export interface PayableBookingDeps {
  readonly bookings: PayableBookings;
  readonly payments: Pick<Payments, 'currentOf'>;
  /** Asks booking itself, for a booking we have not heard of yet; null when it knows of none either. */
  readonly askBooking: (id: string) => Promise<PayableBooking | ClosedBooking | null>;
  readonly now: () => Date;
}

/**
 * The customer's booking, if it can be paid now.
 *
 * @throws {BookingNotPayableError} when it is over
 * @throws {CodedError} NOT_FOUND, FORBIDDEN when it is somebody else's, SUBGRAPH_UNAVAILABLE when booking must be asked
 * and does not answer
 */
export async function payableBooking(
  deps: PayableBookingDeps,
  { bookingId, customerId }: { bookingId: string; customerId: string },
): Promise<PayableBooking> {
  const booking = (await deps.bookings.find(bookingId)) ?? (await learnOf(deps, bookingId));
  if (booking.customerId !== customerId) throw forbidden('This booking belongs to somebody else.');
  if (booking.status === 'PAYABLE' && booking.expiresAt > deps.now()) return booking;
  throw await notPayable(deps, bookingId);
}

async function learnOf(deps: PayableBookingDeps, id: string): Promise<PayableBooking | ClosedBooking> {
  const booking = await deps.askBooking(id).catch((cause: unknown) => {
    throw unavailable('booking', { cause });
  });
  if (!booking) throw notFound('booking');
  await deps.bookings.keep(booking);
  return booking;
}

/** Why a booking takes no new payment. */
export async function notPayable(
  { payments }: Pick<PayableBookingDeps, 'payments'>,
  bookingId: string,
): Promise<BookingNotPayableError> {
  const current = await payments.currentOf(bookingId);
  if (!current || current.refundedAmount === current.amount.amount) return new BookingNotPayableError('EXPIRED');
  return new BookingNotPayableError(isLive(current) ? 'PAYMENT_UNDER_WAY' : 'PAID');
}

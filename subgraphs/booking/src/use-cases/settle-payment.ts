import type { Booking } from '../domain/booking.ts';
import type { Money } from '../domain/money.ts';
import type { LockedBookings } from '../domain/ports.ts';

/** A payment as its event tells it. */
export interface SettledPayment {
  readonly bookingId: string;
  readonly paymentId: string;
  readonly amount: Money;
}

/**
 * Confirms a booking that was paid.
 *
 * A payment that comes after the deadline takes the seats again when they are free and the show has not begun. One that
 * cannot be used, since the seats are gone, the booking is paid already or is over, goes back to the customer. The same
 * payment told again changes nothing.
 *
 * @throws when there is no such booking: the event is tried again, then kept as a dead letter for a person
 */
export async function settlePayment(bookings: LockedBookings, payment: SettledPayment): Promise<void> {
  const booking = await locked(bookings, payment.bookingId);
  if (booking.paymentId === payment.paymentId) return;
  const unusable = unusableBecause(booking, payment.amount);
  if (unusable) return bookings.requireRefund(booking, payment, unusable);
  if (await bookings.confirm(booking, payment.paymentId)) return;
  if (booking.status === 'PENDING_PAYMENT') await bookings.expire(booking);
  await bookings.requireRefund(booking, payment, 'The payment came too late for the seats.');
}

function unusableBecause({ status, price }: Booking, { amount, currency }: Money): string | undefined {
  if (status !== 'PENDING_PAYMENT' && status !== 'EXPIRED') return 'The booking is paid already, or over.';
  if (amount !== price.total || currency !== price.currency) return 'The payment is not what the booking costs.';
  return undefined;
}

/** Notes a refused payment; the customer may try again until the booking's deadline. */
export async function notePaymentFailure(
  bookings: LockedBookings,
  { bookingId, paymentId, declineCode }: { bookingId: string; paymentId: string; declineCode: string | null },
): Promise<void> {
  const booking = await locked(bookings, bookingId);
  await bookings.note(booking, 'PAYMENT_FAILED', { paymentId, declineCode });
}

/** Adds a refund to the booking; one of a payment other than the one that bought it is only noted. */
export async function noteRefund(
  bookings: LockedBookings,
  { bookingId, paymentId, amount }: { bookingId: string; paymentId: string; amount: Money },
): Promise<void> {
  const booking = await locked(bookings, bookingId);
  const ofAnother = booking.paymentId !== null && booking.paymentId !== paymentId;
  if (ofAnother) await bookings.note(booking, 'REFUNDED', { paymentId, amount: amount.amount });
  else await bookings.refund(booking, amount);
}

async function locked(bookings: LockedBookings, id: string): Promise<Booking> {
  const booking = await bookings.lock(id);
  if (!booking) throw new Error(`A payment names the booking ${id}, which does not exist`);
  return booking;
}

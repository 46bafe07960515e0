import type { Money } from '@marquee/money';

import type { Booking } from '../domain/booking.ts';
import type { BookingPayment, LockedBookings } from '../domain/ports.ts';
import { paymentsOf } from '../domain/refund-sources.ts';

interface SettlePaymentDeps {
  readonly bookings: LockedBookings;
}

/**
 * Confirms bookings when their payments succeed.
 *
 * A payment of the difference moves a booking to the show whose seats are kept for it. A payment after the deadline
 * still buys the seats when they are free and the show has not begun. A payment that buys nothing (seats taken, booking
 * already paid, wrong amount) is refunded. A repeat of the same payment changes nothing.
 *
 * @throws when there is no such booking: the event is retried, then kept as a dead letter
 */
export async function settlePayments(deps: SettlePaymentDeps, payments: readonly BookingPayment[]): Promise<void> {
  const settled = await deps.bookings.confirmInTime(payments);
  for (const payment of payments) {
    if (!settled.has(payment.paymentId)) await settleAlone(deps, payment);
  }
}

/** Settles a payment that came too late, or again, or does not buy its booking. */
async function settleAlone({ bookings }: SettlePaymentDeps, payment: BookingPayment): Promise<void> {
  const booking = await bookings.lock(payment.bookingId);
  if (paymentsOf(booking).some(({ paymentId }) => paymentId === payment.paymentId)) return;
  if (isDifference(booking, payment.amount)) return settleDifference({ bookings }, booking, payment);
  const refundReason = reasonToRefund(booking, payment.amount);
  if (refundReason) return bookings.requestRefund(booking, payment, refundReason);
  if (await bookings.confirmLate(booking, payment.paymentId)) return;
  if (booking.status === 'PENDING_PAYMENT') await bookings.expire(booking);
  await bookings.requestRefund(booking, payment, 'The payment arrived after the seats were released.');
}

/** Moves a booking to the show whose seats are kept for it, or gives the payment back. */
async function settleDifference({ bookings }: SettlePaymentDeps, booking: Booking, payment: BookingPayment) {
  if (await bookings.move(booking, payment.paymentId)) return;
  await bookings.giveUpReschedule(booking);
  await bookings.requestRefund(booking, payment, 'The booking could no longer be moved to the other show.');
}

function isDifference({ pendingReschedule: to, price }: Booking, { amount, currency }: Money): boolean {
  return to !== null && currency === price.currency && amount === to.price.total - price.total;
}

function reasonToRefund({ status, price }: Booking, { amount, currency }: Money): string | undefined {
  if (status !== 'PENDING_PAYMENT' && status !== 'EXPIRED') return 'The booking does not await payment.';
  if (amount !== price.total || currency !== price.currency) return "The payment does not match the booking's total.";
  return undefined;
}

import type { LockedBookings } from '../domain/locked-bookings.ts';
import type { Money } from '../domain/money.ts';

export interface RecordRefundDeps {
  readonly bookings: Pick<LockedBookings, 'lock' | 'addRefund' | 'appendEvent'>;
}

export interface RecordRefundInput {
  readonly bookingId: string;
  readonly paymentId: string;
  readonly amount: Money;
}

/** Adds a refund to the booking. A refund of a payment that did not buy the booking only goes into the timeline. */
export async function recordRefund(
  { bookings }: RecordRefundDeps,
  { bookingId, paymentId, amount }: RecordRefundInput,
): Promise<void> {
  const booking = await bookings.lock(bookingId);
  const isOtherPayment = booking.paymentId !== null && booking.paymentId !== paymentId;
  if (isOtherPayment) await bookings.appendEvent(booking, 'REFUNDED', { paymentId, amount: amount.amount });
  else await bookings.addRefund(booking, amount);
}

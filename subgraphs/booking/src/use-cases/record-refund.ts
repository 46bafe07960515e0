import type { Money } from '@marquee/money';

import type { LockedBookings } from '../domain/ports.ts';

/** Adds a refund to the booking. A refund of a payment that did not buy the booking only goes into the timeline. */
export async function recordRefund(
  { bookings }: { readonly bookings: LockedBookings },
  { bookingId, paymentId, amount }: { bookingId: string; paymentId: string; amount: Money },
): Promise<void> {
  const booking = await bookings.lock(bookingId);
  const isOtherPayment = booking.paymentId !== null && booking.paymentId !== paymentId;
  if (isOtherPayment) await bookings.appendEvent(booking, 'REFUNDED', { paymentId, amount: amount.amount });
  else await bookings.addRefund(booking, paymentId, amount);
}

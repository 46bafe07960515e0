import type { Money } from '@marquee/money';

import type { LockedBookings } from '../domain/ports.ts';
import { isOtherPayment } from '../domain/refund-sources.ts';

/** Adds a refund to the booking. A refund of a payment that did not buy the booking only goes into the timeline. */
export async function recordRefund(
  { bookings }: { readonly bookings: LockedBookings },
  { bookingId, paymentId, amount }: { bookingId: string; paymentId: string; amount: Money },
): Promise<void> {
  const booking = await bookings.lock(bookingId);
  if (isOtherPayment(booking, paymentId))
    await bookings.appendEvent(booking, 'REFUNDED', { paymentId, amount: amount.amount });
  else await bookings.addRefund(booking, paymentId, amount);
}

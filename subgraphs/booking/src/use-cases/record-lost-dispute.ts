import { isLive } from '../domain/cancellation.ts';
import type { LockedBookings } from '../domain/ports.ts';
import { isOtherPayment } from '../domain/refund-sources.ts';

/**
 * Cancels what nobody has used of a booking whose payment was lost in a dispute. A repeat, or a payment that did not buy the
 * booking, changes nothing.
 */
export async function recordLostDispute(
  { bookings }: { readonly bookings: LockedBookings },
  { bookingId, paymentId }: { readonly bookingId: string; readonly paymentId: string },
): Promise<void> {
  const booking = await bookings.lock(bookingId);
  if (booking.paymentId === null || isOtherPayment(booking, paymentId) || !isLive(booking)) return;
  await bookings.cancelUnused(booking);
}

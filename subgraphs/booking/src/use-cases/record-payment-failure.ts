import type { LockedBookings } from '../domain/ports.ts';

/** Records a declined payment in the timeline; the customer may try again until the booking's deadline. */
export async function recordPaymentFailure(
  { bookings }: { readonly bookings: LockedBookings },
  { bookingId, paymentId, declineCode }: { bookingId: string; paymentId: string; declineCode: string | null },
): Promise<void> {
  const booking = await bookings.lock(bookingId);
  await bookings.appendEvent(booking, 'PAYMENT_FAILED', { paymentId, declineCode });
}

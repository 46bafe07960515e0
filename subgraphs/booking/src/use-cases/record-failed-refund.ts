import type { FailedRefund } from '../domain/booking.ts';
import type { LockedBookings } from '../domain/ports.ts';

/** Asks staff to decide on a refund that the provider refused for good. A repeat changes nothing. */
export async function recordFailedRefund(
  { bookings }: { readonly bookings: LockedBookings },
  bookingId: string,
  refund: FailedRefund,
): Promise<void> {
  const booking = await bookings.lock(bookingId);
  if (booking.review?.failedRefunds.some(({ refundId }) => refundId === refund.refundId)) return;
  await bookings.needReview(booking, refund);
}

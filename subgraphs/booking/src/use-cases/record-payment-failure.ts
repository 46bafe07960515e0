import type { LockedBookings } from '../domain/locked-bookings.ts';

export interface RecordPaymentFailureDeps {
  readonly bookings: Pick<LockedBookings, 'lock' | 'appendEvent'>;
}

export interface RecordPaymentFailureInput {
  readonly bookingId: string;
  readonly paymentId: string;
  readonly declineCode: string | null;
}

/** Records a declined payment in the timeline; the customer may try again until the booking's deadline. */
export async function recordPaymentFailure(
  { bookings }: RecordPaymentFailureDeps,
  { bookingId, paymentId, declineCode }: RecordPaymentFailureInput,
): Promise<void> {
  const booking = await bookings.lock(bookingId);
  await bookings.appendEvent(booking, 'PAYMENT_FAILED', { paymentId, declineCode });
}

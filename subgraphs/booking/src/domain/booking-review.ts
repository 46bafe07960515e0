/** Staff decisions on a booking: the provider refused for good to refund a payment, so its money is still ours. */
import {
  type Booking,
  type BookingReview,
  type BookingStatus,
  type FailedRefund,
  hasReturnedCoupon,
} from './booking.ts';

export type BookingReviewOutcome = 'GIVE_TICKETS' | 'REFUND' | 'CLOSE';

/** A decision on all failed refunds of a booking. */
export interface ReviewDecision {
  readonly outcome: BookingReviewOutcome;
  readonly reason: string;
  /** The member of staff. */
  readonly decidedBy: string;
}

type Reviewed = Pick<Booking, 'status' | 'review'>;

/** The statuses that end a booking. In any other its tickets stay valid, or it can still be paid, whatever is decided. */
const ENDED: ReadonlySet<BookingStatus> = new Set(['CANCELLED', 'EXPIRED']);

/** The status and review after another refund has failed. */
export function withFailedRefund(
  { status, review }: Reviewed,
  { refundId, paymentId, amount }: FailedRefund,
): { status: BookingStatus; review: BookingReview } {
  const ended = ENDED.has(status);
  return {
    status: ended ? 'NEEDS_REVIEW' : status,
    review: {
      failedRefunds: [...(review?.failedRefunds ?? []), { refundId, paymentId, amount }],
      previousStatus: ended ? status : (review?.previousStatus ?? null),
    },
  };
}

/** The fields that a decision changes. Tickets are given by the confirmation that follows it, for the whole price. */
export function reviewDecided(
  { status, review, refundRequested }: Reviewed & Pick<Booking, 'refundRequested'>,
  { outcome }: Pick<ReviewDecision, 'outcome'>,
): Pick<Booking, 'status' | 'review' | 'refundRequested'> {
  return {
    status: status === 'NEEDS_REVIEW' ? (review?.previousStatus ?? status) : status,
    review: null,
    refundRequested: outcome === 'GIVE_TICKETS' ? 0 : refundRequested,
  };
}

/**
 * The payment that can still buy the booking: the only one of which nothing was refunded, of its whole price. Null for
 * none, and for a booking whose coupon was given back.
 */
export function unspentPayment({
  status,
  review,
  ...booking
}: Reviewed & Pick<Booking, 'price' | 'coupon' | 'paymentId' | 'payments' | 'refunded'>): string | null {
  const [refund, ...others] = review?.failedRefunds ?? [];
  if (hasReturnedCoupon({ ...booking, status })) return null;
  if (status !== 'NEEDS_REVIEW' || !refund || others.length > 0) return null;
  const { price, paymentId, payments, refunded } = booking;
  if (refunded !== 0 || payments !== null || (paymentId ?? refund.paymentId) !== refund.paymentId) return null;
  const { amount, currency } = refund.amount;
  return amount === price.total && currency === price.currency ? refund.paymentId : null;
}

/** The decisions possible on a booking. */
export function possibleOutcomes(booking: Parameters<typeof unspentPayment>[0]): readonly BookingReviewOutcome[] {
  return unspentPayment(booking) === null ? ['REFUND', 'CLOSE'] : ['GIVE_TICKETS', 'REFUND', 'CLOSE'];
}

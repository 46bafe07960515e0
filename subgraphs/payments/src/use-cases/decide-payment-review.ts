import { badInput, notFound } from '@marquee/errors';
import type { RunIdempotently } from '@marquee/subgraph';

import { requireAnother } from '../access.ts';
import { canRefund, differenceOf, type PaymentReview, type PaymentReviewOutcome } from '../domain/payment-review.ts';
import type { PaymentReviews, Payments } from '../domain/ports.ts';
import { PaymentReviewDecidedError } from '../errors.ts';
import { carryOutDecision, type CarryOutDecisionDeps } from './carry-out-decisions.ts';

export interface DecidePaymentReviewDeps extends CarryOutDecisionDeps {
  readonly payments: Pick<Payments, 'find'>;
  readonly reviews: PaymentReviews;
  readonly runIdempotently: RunIdempotently;
}

export interface DecidePaymentReviewInput {
  /** The member of staff. */
  readonly staffId: string;
  readonly reviewId: string;
  readonly outcome: PaymentReviewOutcome;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Records what a member of staff decides on a review, and carries it out.
 *
 * @throws {PaymentReviewDecidedError} when somebody has decided already
 * @throws {CodedError} NOT_FOUND, FORBIDDEN for a payment of their own, BAD_USER_INPUT, and for the idempotency key
 */
export async function decidePaymentReview(
  deps: DecidePaymentReviewDeps,
  input: DecidePaymentReviewInput,
): Promise<PaymentReview> {
  const { staffId: caller, idempotencyKey: key, reviewId, outcome } = input;
  const reason = input.reason.trim();
  if (reason === '') throw badInput('input.reason', 'Enter why you decide so.');
  return deps.runIdempotently(
    { caller, operation: 'decidePaymentReview', key, body: { reviewId, outcome, reason } },
    async (record) => {
      await assertDecidable(deps, input);
      const decision = { outcome, reason, decidedBy: caller, decidedAt: deps.now() };
      if (!(await deps.reviews.decide(reviewId, decision, record))) throw new PaymentReviewDecidedError();
      await carryOutDecision(deps, await findReview(deps, reviewId));
      return findReview(deps, reviewId);
    },
    (id) => findReview(deps, id),
  );
}

async function assertDecidable(
  deps: DecidePaymentReviewDeps,
  { staffId, reviewId, outcome }: DecidePaymentReviewInput,
): Promise<void> {
  const review = await findReview(deps, reviewId);
  const payment = review.paymentId === null ? null : await deps.payments.find(review.paymentId);
  if (payment) requireAnother(payment, staffId);
  if (review.status !== 'OPEN') throw new PaymentReviewDecidedError();
  // The booking decides on its refunds, so that none is both made and exchanged for tickets.
  if (review.kind === 'REFUND_FAILED' && payment?.bookingId)
    throw badInput('input.reviewId', 'Decide on the booking of this payment instead, with decideBookingReview.');
  if (outcome === 'REFUND' && !canRefund(review))
    throw badInput('input.outcome', 'There is no money to give back in this case. Accept it instead.');
  if (outcome === 'WRITE_OFF' && !differenceOf(review))
    throw badInput('input.outcome', 'The books do not differ by an amount in this case. Accept it instead.');
}

async function findReview({ reviews }: DecidePaymentReviewDeps, id: string): Promise<PaymentReview> {
  const review = await reviews.find(id);
  if (!review) throw notFound('payment review');
  return review;
}

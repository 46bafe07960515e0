import type { Log } from '@marquee/telemetry';

import { writeOffEntry } from '../domain/ledger.ts';
import { type PaymentProvider, ProviderRefusedError } from '../domain/payment-provider.ts';
import { differenceOf, type PaymentReview } from '../domain/payment-review.ts';
import type { PaymentReviews } from '../domain/ports.ts';
import type { SettlementTransaction } from '../domain/settlement.ts';
import { refundToWallet } from './refund-to-wallet.ts';
import { failPayment, type SettlePaymentDeps } from './settle-payment.ts';

export interface CarryOutDecisionDeps extends SettlePaymentDeps {
  readonly provider: PaymentProvider;
  readonly reviews: Pick<PaymentReviews, 'close' | 'reopen'>;
  readonly inTransaction: SettlementTransaction;
  readonly now: () => Date;
  readonly log: Pick<Log, 'error'>;
}

const BATCH_SIZE = 20;
/** Decline code of a payment whose charge has another amount. */
const WRONG_AMOUNT = 'wrong_amount';

/** Carries out the decisions that were recorded and not carried out yet. */
export async function carryOutDecisions(
  deps: CarryOutDecisionDeps & { readonly reviews: Pick<PaymentReviews, 'decided'> },
): Promise<void> {
  for (const review of await deps.reviews.decided(BATCH_SIZE)) await carryOutDecision(deps, review);
}

/**
 * Carries out the last decision on a review. A repeat refunds nothing twice; what the provider refuses for good opens the
 * review again, and any other failure is logged and tried again.
 */
export async function carryOutDecision(deps: CarryOutDecisionDeps, review: PaymentReview): Promise<void> {
  try {
    if (review.kind === 'AMOUNT_DIFFERS' && review.paymentId !== null)
      await failPayment(deps, review.paymentId, WRONG_AMOUNT);
    const outcome = review.decisions.at(-1)?.outcome;
    if (outcome === 'REFUND') await refund(deps, review);
    if (outcome === 'WRITE_OFF') await writeOff(deps, review);
    await deps.reviews.close(review.id);
  } catch (err) {
    if (err instanceof ProviderRefusedError) return deps.reviews.reopen(review.id, err.code ?? 'refused');
    deps.log.error({ err, reviewId: review.id }, 'carrying out a decision failed');
  }
}

async function refund(deps: CarryOutDecisionDeps, review: PaymentReview): Promise<void> {
  if (review.kind === 'REFUND_FAILED')
    return deps.inTransaction((settlement) => refundToWallet(settlement, deps.provider, review));
  const { id: refundId, chargeId, theirs } = review;
  if (chargeId === null || !theirs) throw new Error(`Review ${refundId} names no charge to refund`);
  // Such a charge is not in our ledger, so neither is its refund.
  await deps.provider.refund({ refundId, chargeId, amount: theirs.amount });
}

async function writeOff({ inTransaction, provider }: CarryOutDecisionDeps, review: PaymentReview): Promise<void> {
  const difference = differenceOf(review);
  if (!difference) throw new Error(`Review ${review.id} has no difference to write off`);
  await inTransaction(async (settlement) => {
    if (await settlement.closeReview(review.id))
      await settlement.post(writeOffEntry(review.id, provider.name, difference));
  });
}

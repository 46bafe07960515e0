import type { ProviderName } from '../domain/payment-provider.ts';
import type { FailedRefundDecision, Settlement } from '../domain/settlement.ts';
import { refundToWallet } from './refund-to-wallet.ts';

/** Carries out what staff decided on a booking, of which the provider refused refunds. A repeat changes nothing. */
export async function decideFailedRefunds(
  settlement: Settlement,
  provider: ProviderName,
  decision: FailedRefundDecision,
): Promise<void> {
  for (const review of await settlement.decideFailedRefunds(decision)) {
    if (decision.outcome === 'REFUND') await refundToWallet(settlement, provider, review);
    await settlement.closeReview(review.id);
  }
}

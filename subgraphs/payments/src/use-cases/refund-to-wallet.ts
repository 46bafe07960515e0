import type { ProviderName } from '../domain/payment-provider.ts';
import type { PaymentReview } from '../domain/payment-review.ts';
import type { Settlement } from '../domain/settlement.ts';
import { refundLocked } from './request-refund.ts';

/** Credits the wallet with a refund that the card did not take, once, and with no more than is left of the payment. */
export async function refundToWallet(
  settlement: Settlement,
  provider: ProviderName,
  { id, paymentId, ours, decisions }: Pick<PaymentReview, 'id' | 'paymentId' | 'ours' | 'decisions'>,
): Promise<void> {
  if (paymentId === null || !ours) throw new Error(`Review ${id} names no refund`);
  const refundId = id.replace(/^rvw/, 'rfd');
  const payment = await settlement.lockPayment(paymentId);
  if (!payment || (await settlement.lockRefund(refundId))) return;
  const amount = Math.min(ours.amount.amount, payment.amount.amount - payment.refundedAmount);
  if (amount === 0) return;
  const requestedBy = decisions.at(-1)?.decidedBy;
  await refundLocked(settlement, provider, payment, {
    ...{
      id: refundId,
      amount: { ...ours.amount, amount },
      method: 'WALLET',
      reason: 'The card did not take the refund.',
    },
    ...(requestedBy !== undefined && { requestedBy }),
  });
}

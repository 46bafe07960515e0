import { isLive, type Payment } from '../domain/payment.ts';
import type { PaymentProvider, ProviderCharge } from '../domain/payment-provider.ts';
import type { Settlement } from '../domain/settlement.ts';
import { decideSettlement } from '../domain/settlement-decision.ts';

export interface SettlePaymentDeps {
  readonly provider: Pick<PaymentProvider, 'name'>;
  readonly newRefundId: () => string;
}

/**
 * Settles a payment by the state of its charge: status, ledger and events in one transaction.
 *
 * @returns the payment afterwards; null when the charge refers to no payment of ours
 */
export async function settlePayment(
  settlement: Settlement,
  deps: SettlePaymentDeps,
  charge: ProviderCharge,
): Promise<Payment | null> {
  const payment = await settlement.lockPayment(charge.reference);
  if (!payment) return null;
  const decision = decideSettlement(payment, charge, deps.provider.name);
  if (decision.kind === 'ignore') return payment;
  const updated = await settlement.updatePayment(payment, decision.update);
  if (decision.entry) await settlement.post(decision.entry);
  if (decision.kind === 'refund') await refundLateCapture(settlement, deps, updated);
  return updated;
}

async function refundLateCapture(
  settlement: Settlement,
  { newRefundId }: SettlePaymentDeps,
  { id: paymentId, bookingId, customerId, amount }: Payment,
): Promise<void> {
  await settlement.createRefund({
    id: newRefundId(),
    ...{ paymentId, bookingId, customerId, amount },
    method: 'CARD',
    reason: 'The card was charged after the payment had ended.',
  });
}

/** Fails a payment that was not charged. @returns the payment afterwards */
export async function failPayment(settlement: Settlement, paymentId: string, declineCode: string): Promise<Payment> {
  const payment = await settlement.lockPayment(paymentId);
  if (!payment) throw new Error(`There is no payment ${paymentId}`);
  if (!isLive(payment)) return payment;
  const { chargeId } = payment;
  return settlement.updatePayment(payment, { status: 'FAILED', chargeId, actionUrl: null, declineCode });
}

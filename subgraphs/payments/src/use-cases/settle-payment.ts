import { newId } from '@marquee/subgraph/ids';

import { INTERNAL_DECLINE_CODES, isLive, type Payment } from '../domain/payment.ts';
import type { ProviderCharge, ProviderName } from '../domain/payment-provider.ts';
import type { Settlement } from '../domain/settlement.ts';
import { decideSettlement } from '../domain/settlement-decision.ts';

/**
 * Settles a payment by the state of its charge: status, ledger and events in one transaction.
 *
 * @returns the payment afterwards; null when the charge refers to no known payment
 */
export async function settlePayment(
  settlement: Settlement,
  provider: ProviderName,
  charge: ProviderCharge,
): Promise<Payment | null> {
  const payment = await settlement.lockPayment(charge.reference);
  if (!payment) return null;
  const decision = decideSettlement(payment, charge, provider.name);
  if (decision.kind === 'ignore') return payment;
  const updated = await settlement.updatePayment(payment, decision.update);
  if (decision.entry) await settlement.post(decision.entry);
  if (decision.kind === 'refund') await refundLateCapture(settlement, updated);
  return updated;
}

async function refundLateCapture(
  settlement: Settlement,
  { id: paymentId, bookingId, customerId, amount }: Payment,
): Promise<void> {
  await settlement.createRefund({
    id: newId('rfd'),
    ...{ paymentId, bookingId, customerId, amount },
    method: 'CARD',
    reason: 'The card was charged after the payment had ended.',
  });
}

/**
 * Fails a payment that never reached the provider. The customer may send the same request again, key and all.
 *
 * @returns the payment afterwards
 */
export async function failUnsentPayment(settlement: Settlement, paymentId: string): Promise<Payment> {
  const payment = await failPayment(settlement, paymentId, INTERNAL_DECLINE_CODES.unavailable);
  if (payment.declineCode === INTERNAL_DECLINE_CODES.unavailable) await settlement.releaseIdempotencyKey(payment);
  return payment;
}

/** Fails a payment that was not charged. @returns the payment afterwards */
export async function failPayment(settlement: Settlement, paymentId: string, declineCode: string): Promise<Payment> {
  const payment = await settlement.lockPayment(paymentId);
  if (!payment) throw new Error(`There is no payment ${paymentId}`);
  if (!isLive(payment)) return payment;
  const { chargeId } = payment;
  return settlement.updatePayment(payment, { status: 'FAILED', chargeId, actionUrl: null, declineCode });
}

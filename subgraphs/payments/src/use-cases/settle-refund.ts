import type { ProviderName, ProviderRefund } from '../domain/payment-provider.ts';
import { compareRefund, failedRefund } from '../domain/payment-review.ts';
import type { Refund } from '../domain/refund.ts';
import type { RefundOutcome, Settlement } from '../domain/settlement.ts';
import { completeRefund } from './request-refund.ts';

/**
 * Settles a refund by the state the provider reports. A repeated report, or one of an unknown refund, changes nothing; one
 * that contradicts how the refund ended, as when a bank returns the money days later, is for staff to review.
 */
export async function settleRefund(
  settlement: Settlement,
  provider: ProviderName,
  reported: ProviderRefund,
): Promise<void> {
  const { id: providerRef, status } = reported;
  const refund = await settlement.lockRefund(reported.reference);
  if (!refund || status === 'PENDING' || status === refund.status) return;
  if (refund.status !== 'PENDING') {
    const finding = compareRefund(reported, refund);
    return finding ? settlement.openReview(provider.name, finding) : undefined;
  }
  const payment = await settlement.lockPayment(refund.paymentId);
  if (!payment) throw new Error(`Refund ${refund.id} belongs to no payment`);
  if (status === 'SUCCEEDED') await completeRefund(settlement, provider, payment, refund, providerRef);
  else await fail(settlement, provider, refund, { providerRef, failure: 'refused by the provider' });
}

/** Fails a refund that the provider refuses for good, and asks staff for another way. */
export async function failRefund(
  settlement: Settlement,
  provider: ProviderName,
  refundId: string,
  failure: string,
): Promise<void> {
  const refund = await settlement.lockRefund(refundId);
  if (refund?.status === 'PENDING') await fail(settlement, provider, refund, { providerRef: null, failure });
}

async function fail(
  settlement: Settlement,
  { name }: ProviderName,
  refund: Refund,
  outcome: Omit<RefundOutcome, 'status'>,
): Promise<void> {
  await settlement.closeRefund(refund, { ...outcome, status: 'FAILED' });
  await settlement.openReview(name, failedRefund(refund));
}

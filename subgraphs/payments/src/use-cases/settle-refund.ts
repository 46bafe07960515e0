import type { ProviderName, ProviderRefund } from '../domain/payment-provider.ts';
import type { Refund } from '../domain/refund.ts';
import type { Settlement } from '../domain/settlement.ts';
import { completeRefund } from './request-refund.ts';

/**
 * Settles a refund by the state the provider reports. A repeated report changes nothing.
 *
 * @returns the refund afterwards; null when the report refers to no refund of ours
 */
export async function settleRefund(
  settlement: Settlement,
  provider: ProviderName,
  { id: providerRef, reference, status }: ProviderRefund,
): Promise<Refund | null> {
  const refund = await settlement.lockRefund(reference);
  if (refund?.status !== 'PENDING' || status === 'PENDING') return refund;
  const payment = await settlement.lockPayment(refund.paymentId);
  if (!payment) throw new Error(`Refund ${refund.id} belongs to no payment`);
  if (status === 'SUCCEEDED') return completeRefund(settlement, provider, payment, refund, providerRef);
  return settlement.closeRefund(refund, { status: 'FAILED', providerRef, failure: 'refused by the provider' });
}

/** Fails a refund that the provider refuses for good; an operator must find another way. */
export async function failRefund(settlement: Settlement, refundId: string, failure: string): Promise<Refund | null> {
  const refund = await settlement.lockRefund(refundId);
  if (refund?.status !== 'PENDING') return refund;
  return settlement.closeRefund(refund, { status: 'FAILED', providerRef: null, failure });
}

import type { ProviderName, ProviderRefund } from '../domain/payment-provider.ts';
import type { Settlement } from '../domain/settlement.ts';
import { completeRefund } from './request-refund.ts';

/** Settles a refund by the state the provider reports. A repeated report, or one of an unknown refund, changes nothing. */
export async function settleRefund(
  settlement: Settlement,
  provider: ProviderName,
  { id: providerRef, reference, status }: ProviderRefund,
): Promise<void> {
  const refund = await settlement.lockRefund(reference);
  if (refund?.status !== 'PENDING' || status === 'PENDING') return;
  const payment = await settlement.lockPayment(refund.paymentId);
  if (!payment) throw new Error(`Refund ${refund.id} belongs to no payment`);
  if (status === 'SUCCEEDED') await completeRefund(settlement, provider, payment, refund, providerRef);
  else await settlement.closeRefund(refund, { status: 'FAILED', providerRef, failure: 'refused by the provider' });
}

/** Fails a refund that the provider refuses for good; an operator must find another way. */
export async function failRefund(settlement: Settlement, refundId: string, failure: string): Promise<void> {
  const refund = await settlement.lockRefund(refundId);
  if (refund?.status === 'PENDING')
    await settlement.closeRefund(refund, { status: 'FAILED', providerRef: null, failure });
}

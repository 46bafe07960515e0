import type { ProviderRefund } from '../domain/payment-provider.ts';
import type { Settlement } from '../domain/ports.ts';
import type { Refund } from '../domain/refund.ts';
import { succeed } from './request-refund.ts';

/**
 * Takes down what the provider says of a refund. The same word twice does nothing.
 *
 * @returns the refund in its present state; null when there is none of that id
 */
export async function settleRefund(
  settlement: Settlement,
  deps: { readonly providerName: string },
  told: ProviderRefund,
): Promise<Refund | null> {
  const refund = await settlement.lockRefund(told.reference);
  if (!refund || refund.status !== 'PENDING' || told.status === 'PENDING') return refund;
  const payment = await settlement.lock(refund.paymentId);
  if (!payment) throw new Error(`Refund ${refund.id} is of no payment`);
  if (told.status === 'SUCCEEDED') return succeed(settlement, deps, payment, refund, told.id);
  return settlement.endRefund(refund, { status: 'FAILED', providerRef: told.id, failure: 'refused by the provider' });
}

/** Ends a refund that the provider will never make: a person must find another way. */
export async function failRefund(settlement: Settlement, refundId: string, failure: string): Promise<Refund | null> {
  const refund = await settlement.lockRefund(refundId);
  if (refund?.status !== 'PENDING') return refund;
  return settlement.endRefund(refund, { status: 'FAILED', providerRef: null, failure });
}

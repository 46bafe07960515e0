import type { Money } from '@marquee/money';
import { newId } from '@marquee/subgraph/ids';

import { refundEntry } from '../domain/sale-entries.ts';
import type { Payment } from '../domain/payment.ts';
import type { ProviderName } from '../domain/payment-provider.ts';
import type { NewRefund, Refund } from '../domain/refund.ts';
import { type PriceParts, refundParts, type SaleParts } from '../domain/sale.ts';
import { excessiveRefund } from '../domain/payment-review.ts';
import type { Settlement } from '../domain/settlement.ts';

export interface RequestRefundInput {
  readonly paymentId: string;
  readonly amount: Money;
  /** The parts of the price in it; null when only the amount is known. */
  readonly parts: PriceParts | null;
  /** To the method it was paid with, or to the customer's wallet. */
  readonly refundTo: 'SOURCE' | 'WALLET';
  readonly reason: string;
}

/**
 * Refunds a payment to the method it was made with, or to the wallet. A wallet is credited at once; a card refund stays
 * PENDING until the provider has made it. A payment that is refunded in full does not change. One with less left than
 * requested is refunded in full, and staff review the rest; so they do what is asked while the payment is disputed.
 *
 * @throws when the payment did not succeed, or in another currency: an operator must decide
 */
export async function requestRefund(
  settlement: Settlement,
  provider: ProviderName,
  { paymentId, amount, parts: asked, refundTo, reason }: RequestRefundInput,
): Promise<void> {
  const payment = await settlement.lockPayment(paymentId);
  if (!payment) throw new Error(`There is no payment ${paymentId} to refund`);
  if (payment.refundedAmount === payment.amount.amount && !(await settlement.disputes.isOpenFor(paymentId))) return;
  const refundable = leftToRefund(payment, amount);
  const id = newId('rfd');
  const method = refundTo === 'WALLET' ? refundTo : payment.method;
  const isWhole = refundable.amount === amount.amount;
  const order = { id, amount: refundable, reason, method, asked: isWhole ? asked : null };
  const refund = refundable.amount > 0 ? await refundLocked(settlement, provider, payment, order) : null;
  if (!isWhole) await settlement.openReview(provider.name, excessiveRefund(id, payment, amount, refund?.id ?? null));
}

/** The part of a payment to refund. */
export interface RefundOrder extends Pick<NewRefund, 'id' | 'amount' | 'method' | 'reason' | 'requestedBy'> {
  /** The parts of the price in it; absent when only the amount is known. */
  readonly asked?: PriceParts | null;
}

/** Refunds a part of a payment that the transaction has locked, and that has enough left. */
export async function refundLocked(
  settlement: Settlement,
  provider: ProviderName,
  payment: Payment,
  { asked = null, ...order }: RefundOrder,
): Promise<Refund> {
  const { id: paymentId, bookingId, customerId } = payment;
  const parts = await partsOfRefund(settlement, payment, order.amount, asked);
  const refund = await settlement.createRefund({ ...order, parts, paymentId, bookingId, customerId });
  if (refund.method === 'CARD') return refund;
  await completeRefund(settlement, provider, payment, refund, null);
  return { ...refund, status: 'SUCCEEDED' };
}

async function partsOfRefund(
  settlement: Settlement,
  payment: Payment,
  { amount }: Money,
  asked: PriceParts | null,
): Promise<SaleParts | null> {
  if (payment.sale === null || payment.status !== 'SUCCEEDED') return null;
  const { sales, refunded } = await settlement.sold(payment);
  return refundParts(sales, refunded, amount, asked);
}

/** The amount, or what is left of the payment when that is less. */
function leftToRefund({ id, status, amount: paid, refundedAmount }: Payment, asked: Money): Money {
  if (status !== 'SUCCEEDED') throw new Error(`Payment ${id} is ${status} and cannot be refunded`);
  const { currency } = paid;
  if (asked.currency !== currency) throw new Error(`Payment ${id} was made in ${currency}, not ${asked.currency}`);
  return { amount: Math.min(asked.amount, paid.amount - refundedAmount), currency };
}

/** Completes a refund that was made: status, ledger entry and event in one transaction. */
export async function completeRefund(
  settlement: Settlement,
  provider: ProviderName,
  payment: Pick<Payment, 'status' | 'purpose' | 'sale'>,
  refund: Refund,
  providerRef: string | null,
): Promise<void> {
  await settlement.post(refundEntry(refund, payment, provider.name));
  await settlement.closeRefund(refund, { status: 'SUCCEEDED', providerRef, failure: null });
}

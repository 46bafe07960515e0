import { refundEntry } from '../domain/ledger.ts';
import type { Money } from '../domain/money.ts';
import type { Payment } from '../domain/payment.ts';
import type { Settlement } from '../domain/ports.ts';
import type { Refund } from '../domain/refund.ts';

export interface RequestRefundDeps {
  readonly providerName: string;
  readonly newRefundId: () => string;
}

export interface RequestRefundInput {
  readonly paymentId: string;
  readonly amount: Money;
  readonly reason: string;
}

/**
 * Gives money of a payment back by the way it came. To the wallet it goes at once; to a card it is PENDING until the
 * provider has made it.
 *
 * @returns null when the payment was given back in full before: there is nothing left to do
 * @throws when the payment did not succeed, or has less left than is to be given back: a person must look
 */
export async function requestRefund(
  settlement: Settlement,
  deps: RequestRefundDeps,
  { paymentId, amount, reason }: RequestRefundInput,
): Promise<Refund | null> {
  const payment = await settlement.lock(paymentId);
  if (!payment) throw new Error(`There is no payment ${paymentId} to refund`);
  const left = payment.amount.amount - payment.refundedAmount;
  if (left === 0) return null;
  if (payment.status !== 'SUCCEEDED') throw new Error(`Payment ${paymentId} is ${payment.status}: nothing to refund`);
  if (amount.currency !== payment.amount.currency || amount.amount > left) {
    throw new Error(
      `Payment ${paymentId} has ${left} ${payment.amount.currency} left, not ${amount.amount} ${amount.currency}`,
    );
  }
  const { bookingId, customerId, method } = payment;
  const refund = await settlement.addRefund({
    id: deps.newRefundId(),
    ...{ paymentId, bookingId, customerId, amount, method, reason },
  });
  return method === 'WALLET' ? succeed(settlement, deps, payment, refund, null) : refund;
}

/** Ends a refund that was made: status, ledger and event in one. */
export async function succeed(
  settlement: Settlement,
  { providerName }: Pick<RequestRefundDeps, 'providerName'>,
  payment: Pick<Payment, 'status' | 'purpose'>,
  refund: Refund,
  providerRef: string | null,
): Promise<Refund> {
  await settlement.post(refundEntry(refund, payment, providerName));
  return settlement.endRefund(refund, { status: 'SUCCEEDED', providerRef, failure: null });
}

import { newId } from '@marquee/subgraph/ids';

import { INTERNAL_DECLINE_CODES, isLive, type Payment, type SettleablePayment } from '../domain/payment.ts';
import type { ProviderCharge, ProviderName } from '../domain/payment-provider.ts';
import type { NewRefund } from '../domain/refund.ts';
import type { PaymentChange, PaymentSettlement } from '../domain/settlement.ts';
import { decideSettlement } from '../domain/settlement-decision.ts';

export interface SettlePaymentDeps {
  readonly settlement: PaymentSettlement;
}

/** More than the changes that a payment can go through while it is being changed. */
const MAX_ATTEMPTS = 10;

/**
 * Settles a payment by the state of its charge: status, ledger and events in one statement.
 *
 * @param live the payment as the caller has read it while it was live, if it did
 * @returns the payment afterwards; null when the charge refers to no known payment
 */
export function settlePayment(
  { settlement }: SettlePaymentDeps,
  provider: ProviderName,
  charge: ProviderCharge,
  live?: Payment,
): Promise<Payment | null> {
  const decide = (payment: SettleablePayment): PaymentChange | null => {
    const decision = decideSettlement(payment, charge, provider.name);
    if (decision.kind === 'ignore') return null;
    return decision.kind === 'refund' ? { ...decision, refund: refundOf(payment) } : decision;
  };
  return changeAsRead(settlement, charge.reference, decide, live && { ...live, captured: false });
}

function refundOf({ id: paymentId, bookingId, customerId, amount }: Payment): NewRefund {
  return {
    id: newId('rfd'),
    ...{ paymentId, bookingId, customerId, amount, parts: null },
    method: 'CARD',
    reason: 'The card was charged after the payment had ended.',
  };
}

/**
 * Fails a payment that never reached the provider. The customer may send the same request again, key and all.
 *
 * @returns the payment afterwards
 */
export function failUnsentPayment(deps: SettlePaymentDeps, paymentId: string): Promise<Payment> {
  return fail(deps, paymentId, INTERNAL_DECLINE_CODES.unavailable, true);
}

/** Fails a payment that was not charged. @returns the payment afterwards */
export function failPayment(deps: SettlePaymentDeps, paymentId: string, declineCode: string): Promise<Payment> {
  return fail(deps, paymentId, declineCode, false);
}

async function fail(
  { settlement }: SettlePaymentDeps,
  paymentId: string,
  declineCode: string,
  releasesKey: boolean,
): Promise<Payment> {
  const decide = (payment: SettleablePayment): PaymentChange | null => {
    if (!isLive(payment)) return null;
    const { chargeId, cardFingerprint } = payment;
    const update = { status: 'FAILED', chargeId, actionUrl: null, declineCode, cardFingerprint } as const;
    return { update, entry: null, releasesKey };
  };
  const payment = await changeAsRead(settlement, paymentId, decide);
  if (!payment) throw new Error(`There is no payment ${paymentId}`);
  return payment;
}

/** Decides on the payment as it is, again whenever somebody else has changed it meanwhile. */
async function changeAsRead(
  settlement: PaymentSettlement,
  id: string,
  decide: (payment: SettleablePayment) => PaymentChange | null,
  read?: SettleablePayment,
): Promise<Payment | null> {
  let payment = read ?? (await settlement.find(id));
  for (let attempt = 1; payment && attempt <= MAX_ATTEMPTS; attempt += 1) {
    const change = decide(payment);
    if (!change) return payment;
    const changed = await settlement.change(payment, change);
    if (changed) return changed;
    payment = await settlement.find(id);
  }
  if (payment) throw new Error(`Payment ${id} changed ${MAX_ATTEMPTS} times while it was settled`);
  return null;
}

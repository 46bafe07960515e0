import type { Payment } from '../domain/payment.ts';
import {
  type ChargeUsage,
  type PaymentProvider,
  type ProviderCharge,
  ProviderUnavailableError,
} from '../domain/payment-provider.ts';
import type { Payments } from '../domain/ports.ts';
import { returnUrlOf } from '../domain/return-url.ts';
import { failUnsentPayment, settlePayment, type SettlePaymentDeps } from './settle-payment.ts';

export interface SubmitChargeDeps extends SettlePaymentDeps {
  readonly provider: PaymentProvider;
}

export interface ChargeCardDeps extends SubmitChargeDeps {
  readonly payments: Pick<Payments, 'find' | 'handOver'>;
  readonly now: () => Date;
}

/**
 * Charges the card of a new payment and settles the payment by the outcome.
 *
 * No lock is held while the provider works. When the outcome is unknown the payment stays live: the card may have been
 * charged, which a webhook or the reconciler will find out.
 *
 * @returns the payment afterwards
 */
export async function chargeCard(deps: ChargeCardDeps, payment: Payment): Promise<Payment> {
  const { id } = payment;
  try {
    return await submitCharge(deps, payment);
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    if (!error.outcomeUnknown) return failUnsentPayment(deps, id);
    await deps.payments.handOver(id, deps.now());
    return (await deps.payments.find(id)) ?? payment;
  }
}

/**
 * Finds out for a repeated request how its payment ended, by submitting the charge again, which charges nothing twice.
 *
 * @returns the payment, still live when the provider does not answer this time either
 */
export async function resumeCharge(deps: ChargeCardDeps, payment: Payment): Promise<Payment> {
  const { method, status, chargeId, deadline } = payment;
  const unanswered = method === 'CARD' && status === 'PROCESSING' && chargeId === null && deadline > deps.now();
  if (!unanswered) return payment;
  try {
    return await submitCharge(deps, payment);
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    return payment;
  }
}

/**
 * Submits the charge of a payment and records it. Submitting it again charges nothing twice.
 *
 * @throws {ProviderUnavailableError}
 */
export async function submitCharge(deps: SubmitChargeDeps, payment: Payment): Promise<Payment> {
  const { id, amount, cardSource, deadline } = payment;
  const returnUrl = payment.returnUrl && returnUrlOf(payment.returnUrl, id);
  if (cardSource === null) throw new Error(`Payment ${id} has no card to charge`);
  const order = { paymentId: id, amount, source: cardSource, returnUrl, deadline, usage: usageOf(payment) };
  const charge = await deps.provider.charge(order);
  return recordCharge(deps, charge, payment);
}

function usageOf({ purpose, offSession }: Payment): ChargeUsage {
  if (offSession) return 'OFF_SESSION';
  return purpose === 'MEMBERSHIP' || purpose === 'RECURRING' ? 'AGREES_TO_LATER' : 'ONCE';
}

/**
 * Settles a payment by its charge.
 *
 * @param live the payment as it was read before the provider was asked; it is read again only if it has changed
 * @throws when the charge refers to no known payment
 */
export async function recordCharge(deps: SubmitChargeDeps, charge: ProviderCharge, live?: Payment): Promise<Payment> {
  const settled = await settlePayment(deps, deps.provider, charge, live);
  if (!settled) throw new Error(`Charge ${charge.id} belongs to no payment`);
  return settled;
}

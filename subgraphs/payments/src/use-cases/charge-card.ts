import { OWN_DECLINE_CODES, type Payment } from '../domain/payment.ts';
import { type PaymentProvider, type ProviderCharge, ProviderUnavailableError } from '../domain/payment-provider.ts';
import type { Atomically, Payments } from '../domain/ports.ts';
import { failPayment, settlePayment } from './settle-payment.ts';

export interface ChargeCardDeps {
  readonly provider: PaymentProvider;
  readonly payments: Pick<Payments, 'find' | 'release'>;
  readonly atomically: Atomically;
  readonly newRefundId: () => string;
}

/**
 * Charges the card of a payment that has just begun, and takes down what came of it.
 *
 * Nothing is locked while the provider works. Where its answer does not come, the payment stays as it is: the card may
 * have been charged, which only the provider can tell, later.
 *
 * @returns the payment in its present state
 */
export async function chargeNow(deps: ChargeCardDeps, payment: Payment): Promise<Payment> {
  const { id } = payment;
  try {
    return await charge(deps, payment);
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    if (!error.undecided) return deps.atomically((tx) => failPayment(tx, id, OWN_DECLINE_CODES.unavailable));
    await deps.payments.release(id);
    return (await deps.payments.find(id)) ?? payment;
  }
}

/**
 * Charges the card of a payment, once however often this is done, and takes down what came of it.
 *
 * @throws {ProviderUnavailableError}
 */
export async function charge(
  deps: Omit<ChargeCardDeps, 'payments'>,
  { id, amount, cardSource, deadline }: Payment,
): Promise<Payment> {
  if (cardSource === null) throw new Error(`Payment ${id} has no card to charge`);
  return takeDown(deps, await deps.provider.charge({ paymentId: id, amount, source: cardSource, deadline }));
}

/** Settles a payment on the provider's answer. @throws when we know of no such payment */
export async function takeDown(
  { provider, atomically, newRefundId }: Omit<ChargeCardDeps, 'payments'>,
  told: ProviderCharge,
): Promise<Payment> {
  const payment = await atomically((tx) => settlePayment(tx, { providerName: provider.name, newRefundId }, told));
  if (!payment) throw new Error(`Charge ${told.id} is of no payment of ours`);
  return payment;
}

import { hasEnded, type Mandate } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import type { MandateCharges, Mandates } from '../../domain/billing/ports.ts';
import { isLive } from '../../domain/payment.ts';
import { balanceIn } from '../../domain/wallet.ts';
import { InsufficientWalletBalanceError, PaymentPendingError } from '../../errors.ts';
import { failureOf } from '../complete-payment.ts';
import { chargeDue, type ChargeMandateDeps, type PresentCustomer, resumeMandateCharge } from './charge-mandate.ts';

export interface FirstChargeDeps extends ChargeMandateDeps {
  readonly mandates: Pick<Mandates, 'find'>;
  readonly charges: Pick<MandateCharges, 'open' | 'find' | 'latestOf'>;
}

/** A mandate that a request created, or that an earlier one with the same idempotency key did. */
export interface RequestedMandate {
  readonly mandate: Mandate | null;
  readonly plan: MembershipPlan | null;
}

/**
 * Collects the first charge of a mandate, unless it begins later, and says how that ended. A repeated request finds out
 * how the first one ended.
 *
 * @returns the mandate, which has begun
 * @throws {PaymentDeclinedError} when the charge was declined
 * @throws {InsufficientWalletBalanceError} when the wallet holds too little
 * @throws {PaymentProviderUnavailableError} when the provider is unreachable
 * @throws {PaymentPendingError} while the payment has not ended
 */
export async function collectFirstCharge(
  deps: FirstChargeDeps,
  { mandate, plan }: RequestedMandate,
  customer: PresentCustomer,
): Promise<Mandate> {
  if (!mandate) throw new Error('The mandate of an idempotency key is missing');
  if (mandate.status === 'PENDING') await charge(deps, mandate, plan, customer);
  const now = (await deps.mandates.find(mandate.id)) ?? mandate;
  if (now.status !== 'PENDING' && !(hasEnded(now) && now.sequence === 0 && now.trialEndsAt === null)) return now;
  throw await refusal(deps, now);
}

async function charge(
  deps: FirstChargeDeps,
  mandate: Mandate,
  plan: MembershipPlan | null,
  customer: PresentCustomer,
): Promise<void> {
  const earlier = await deps.charges.latestOf(mandate.id);
  if (earlier) await resumeMandateCharge(deps, earlier.id);
  else await chargeDue(deps, mandate, plan, customer);
}

async function refusal(deps: FirstChargeDeps, { id, customerId, price }: Mandate): Promise<Error> {
  const latest = await deps.charges.latestOf(id);
  if (latest?.paymentId) return paymentError(deps, latest.paymentId);
  return new InsufficientWalletBalanceError(balanceIn(await deps.wallets.find(customerId), price.currency));
}

/** The error that says why a payment has not succeeded. */
export async function paymentError({ payments }: Pick<FirstChargeDeps, 'payments'>, paymentId: string): Promise<Error> {
  const payment = await payments.find(paymentId);
  if (payment && isLive(payment)) return new PaymentPendingError(payment);
  return payment ? failureOf(payment) : new Error(`There is no payment ${paymentId}`);
}

import type { IdempotencyRow } from '@marquee/database';
import { newId } from '@marquee/subgraph/ids';

import { type NewCharge, withCredit } from '../../domain/billing/charge.ts';
import { type InvoiceLine, periodText, taxIn } from '../../domain/billing/invoice.ts';
import type { Mandate } from '../../domain/billing/mandate.ts';
import { nextStep } from '../../domain/billing/renewal.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import type { ChargeableInstrument, MandateCharges, NewMandatePayment } from '../../domain/billing/ports.ts';
import { dueAt } from '../../domain/billing/calendar.ts';
import { BUSY_MS } from '../../domain/payment.ts';
import type { SavedCards, Wallets } from '../../domain/ports.ts';
import { membershipSale } from '../../domain/sale.ts';
import { exceedsMaxBalance } from '../../domain/top-up-limits.ts';
import { chargeCard, type ChargeCardDeps, resumeCharge } from '../charge-card.ts';
import { assertNotBusy } from '../complete-payment.ts';
import { afterDecline, settleCharge, type SettleChargeDeps } from './settle-charge.ts';

export interface ChargeMandateDeps extends ChargeCardDeps, Omit<SettleChargeDeps, 'provider'> {
  readonly charges: Pick<MandateCharges, 'open' | 'find'>;
  readonly cards: Pick<SavedCards, 'find' | 'ofCustomers'>;
  readonly wallets: Pick<Wallets, 'find'>;
  /** The tax in the prices of a country, in percent. */
  readonly taxPercent: (country: string) => number;
}

const HOUR_MS = 3_600_000;
/** Time for the customer to complete a payment that the bank wants confirmed. */
const ACTION_TIMEOUT_MS = { present: HOUR_MS, absent: 24 * HOUR_MS };

/** The customer who asks for what is charged. */
export interface PresentCustomer {
  /** Where the payment's page sends them afterwards. */
  readonly returnUrl: string | null;
}

/** Charges what a mandate owes now: the period that is due. @param customer null when a job charges */
export async function chargeDue(
  deps: ChargeMandateDeps,
  mandate: Mandate,
  plan: MembershipPlan | null,
  customer: PresentCustomer | null = null,
): Promise<'CHARGED' | 'CHANGED_MEANWHILE'> {
  const createdAt = deps.now();
  const lines = [lineOf(mandate, plan, createdAt)];
  const owed = withCredit(mandate, mandate.price.amount);
  return collect(deps, mandate, plan, { planId: null, lines, createdAt, ...owed }, customer);
}

/**
 * Opens a charge of a mandate and collects it, from the customer's card or wallet.
 *
 * @returns CHANGED_MEANWHILE when the mandate is not as it was read, or is being charged; then nothing was done
 */
async function collect(
  deps: ChargeMandateDeps,
  mandate: Mandate,
  plan: MembershipPlan | null,
  owed: Omit<NewCharge, 'id'>,
  customer: PresentCustomer | null,
): Promise<'CHARGED' | 'CHANGED_MEANWHILE'> {
  const charge = { id: newId('mch'), ...owed };
  const opened = await openCharge(deps, mandate, plan, charge, { customer });
  if (opened === null) return 'CHANGED_MEANWHILE';
  if (opened === 'OPENED') await completeCharge(deps, charge.id);
  else await deps.inBilling((writes) => afterDecline(deps, writes, mandate, plan, charge.total));
  return 'CHARGED';
}

/**
 * Opens a charge with its payment.
 *
 * @param plan the plan that is paid for; null for a recurring payment
 * @returns null when the mandate is not as it was read, or is being charged; UNCHARGEABLE when there is nothing to charge:
 * no card, too little in the wallet that pays, or too much in the one that is topped up
 */
export async function openCharge(
  deps: ChargeMandateDeps,
  mandate: Mandate,
  plan: MembershipPlan | null,
  charge: NewCharge,
  { customer, key }: { readonly customer: PresentCustomer | null; readonly key?: IdempotencyRow },
): Promise<'OPENED' | 'UNCHARGEABLE' | null> {
  const payment = charge.total === 0 ? null : await paymentOf(deps, mandate, plan, charge.total, customer);
  if (payment === 'UNCHARGEABLE') return payment;
  const opened = await deps.charges.open(mandate, charge, payment, key);
  return opened === 'INSUFFICIENT_BALANCE' ? 'UNCHARGEABLE' : opened;
}

/** Charges the card of a charge that was just opened, and settles it. */
export async function completeCharge(deps: ChargeMandateDeps, chargeId: string): Promise<void> {
  const charge = await deps.charges.find(chargeId);
  const payment = charge?.paymentId && (await deps.payments.find(charge.paymentId));
  if (payment && payment.method === 'CARD') await chargeCard(deps, payment);
  await settleCharge(deps, chargeId);
}

/**
 * Finds out for a repeated request how its charge ended.
 *
 * @throws {CodedError} IDEMPOTENCY_IN_PROGRESS while the first request is charging
 */
export async function resumeMandateCharge(deps: ChargeMandateDeps, chargeId: string): Promise<void> {
  const charge = await deps.charges.find(chargeId);
  const payment = charge?.paymentId && (await deps.payments.find(charge.paymentId));
  if (payment) {
    assertNotBusy(payment, deps.now());
    await resumeCharge(deps, payment);
  }
  await settleCharge(deps, chargeId);
}

async function paymentOf(
  deps: ChargeMandateDeps,
  mandate: Mandate,
  plan: MembershipPlan | null,
  total: number,
  customer: PresentCustomer | null,
): Promise<NewMandatePayment | 'UNCHARGEABLE'> {
  const { customerId, purpose, price } = mandate;
  const amount = { amount: total, currency: price.currency };
  const instrument = await instrumentOf(deps, mandate);
  const tooMuch = purpose !== 'MEMBERSHIP' && exceedsMaxBalance(await deps.wallets.find(customerId), amount);
  if (!instrument || tooMuch) return 'UNCHARGEABLE';
  const createdAt = deps.now();
  // The first charge of a request that died: its customer repeats it, and then finds the page to confirm it on.
  const present = customer !== null || mandate.status === 'PENDING';
  const later = (ms: number): Date => new Date(createdAt.getTime() + ms);
  return {
    ...{ id: newId('pay'), customerId, amount, instrument, createdAt },
    purpose: plan ? 'MEMBERSHIP' : 'RECURRING',
    sale: plan && membershipSale(total, taxIn(total, deps.taxPercent(plan.country)), plan.country),
    ...{ returnUrl: customer?.returnUrl ?? null, offSession: !present },
    deadline: later(present ? ACTION_TIMEOUT_MS.present : ACTION_TIMEOUT_MS.absent),
    busyUntil: later(BUSY_MS),
  };
}

/**
 * The mandate's card. A retry charges the customer's default card: they may have saved another since. The mandate keeps the
 * card that pays.
 */
async function instrumentOf(
  { cards, provider }: ChargeMandateDeps,
  { method, customerId, paymentMethodId, failures }: Mandate,
): Promise<ChargeableInstrument | null> {
  if (method === 'WALLET' || paymentMethodId === null) return { kind: 'WALLET' };
  const own = await cards.find(paymentMethodId, customerId);
  const [first] = failures > 0 || !own ? await cards.ofCustomers([customerId]) : [];
  const card = (first?.isDefault ? first : null) ?? own;
  return card && { kind: 'CARD', paymentMethodId: card.id, provider: provider.name, source: card.providerRef };
}

/** The period that a charge pays for: the one that it is in. */
function lineOf(mandate: Mandate, plan: MembershipPlan | null, now: Date): InvoiceLine {
  const { schedule, price, purpose } = mandate;
  if (!plan) return { description: purpose === 'GIFT' ? 'Gift' : 'Wallet top-up', amount: price.amount };
  const next = nextStep(mandate, now);
  const period = periodText(dueAt(schedule, next - 1), dueAt(schedule, next), schedule.timeZone);
  return { description: `${plan.name}, ${period}`, amount: price.amount };
}

import { newId } from '@marquee/subgraph/ids';

import { afterDeclined, afterPaid, ended, type MandateChange } from '../../domain/billing/renewal.ts';
import { invoiceLines } from '../../domain/billing/invoice.ts';
import { hasEnded, isMembership, type Mandate } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import type { BillingTransaction, BillingWrites, LockedCharge } from '../../domain/billing/ports.ts';
import { changePlan } from '../../domain/billing/proration.ts';
import { INTERNAL_DECLINE_CODES, isLive } from '../../domain/payment.ts';
import type { ProviderName } from '../../domain/payment-provider.ts';
import { refundableOf } from '../../domain/refund.ts';
import { requestRefund } from '../request-refund.ts';

export interface SettleChargeDeps {
  readonly inBilling: BillingTransaction;
  readonly provider: ProviderName;
  readonly now: () => Date;
}

const UNAVAILABLE_RETRY_MS = 3_600_000;

/**
 * Settles an open charge by its payment: mandate, invoice and events in one transaction. One whose payment has not ended
 * stays open. A repeat changes nothing.
 */
export async function settleCharge(deps: SettleChargeDeps, chargeId: string): Promise<void> {
  await deps.inBilling(async (writes) => {
    const locked = await writes.lock(chargeId);
    if (!locked || (locked.payment && isLive(locked.payment))) return;
    if (locked.payment === null || locked.payment.status === 'SUCCEEDED') await paid(deps, writes, locked);
    else await declined(deps, writes, locked);
  });
}

async function paid(deps: SettleChargeDeps, writes: BillingWrites, locked: LockedCharge): Promise<void> {
  const { charge, mandate, payment, plan } = locked;
  await writes.close(charge, 'PAID');
  if (hasEnded(mandate)) return returnToPayer(deps, writes, locked);
  const { paymentMethodId } = charge;
  if (paymentMethodId !== null && paymentMethodId !== mandate.paymentMethodId)
    await writes.keepCard(mandate, paymentMethodId);
  const present = mandate.status === 'PENDING' || charge.planId !== null;
  const newPlan = locked.newPlan ?? plan;
  const changed = await changeOrFail(writes, mandate, changeAfter(locked, deps.now()), newPlan);
  if (newPlan && charge.lines.length > 0) await issueInvoice(deps, writes, locked, newPlan);
  if (payment && !present) await writes.announceRenewal(changed, newPlan, charge.total);
}

function changeAfter({ charge, mandate, plan, newPlan }: LockedCharge, now: Date): MandateChange {
  if (!newPlan) return afterPaid(mandate, charge.creditLeft, now);
  if (!plan || !isMembership(mandate)) throw new Error(`Mandate ${mandate.id} has no plan to change`);
  const moved = changePlan({ ...mandate, cancelAt: null }, plan, newPlan, charge.createdAt);
  if (typeof moved === 'string') throw new Error(`Mandate ${mandate.id} could not change its plan: ${moved}`);
  const { periodEnd = mandate.periodEnd } = moved.change;
  // A membership that was cancelled while the change was being paid ends with the period that is paid now.
  const end = mandate.cancelAt !== null && { cancelAt: periodEnd, nextActionAt: periodEnd };
  return { ...moved.change, ...end, sequence: mandate.sequence + 1, credit: charge.creditLeft };
}

/** The membership ended while its charge was under way. Money in a wallet is the customer's already. */
async function returnToPayer(
  { provider }: SettleChargeDeps,
  writes: BillingWrites,
  { mandate, payment }: LockedCharge,
): Promise<void> {
  if (payment === null || mandate.planId === null) return;
  const reason = 'The membership had ended when it was charged.';
  await requestRefund(writes.refunds, provider, {
    paymentId: payment.id,
    amount: payment.amount,
    reason,
    refundTo: 'SOURCE',
    parts: null,
  });
}

async function issueInvoice(
  { now }: SettleChargeDeps,
  writes: BillingWrites,
  { charge, mandate, payment }: LockedCharge,
  { country }: MembershipPlan,
): Promise<void> {
  const { currency } = mandate.price;
  await writes.issue({
    ...{ id: newId('inv'), customerId: mandate.customerId, chargeId: charge.id, country, refundId: null },
    ...{ correctsId: null, lines: invoiceLines(charge), issuedAt: now() },
    total: { amount: charge.total, currency },
    tax: { amount: payment?.sale?.tax ?? 0, currency },
  });
}

async function declined(deps: SettleChargeDeps, writes: BillingWrites, locked: LockedCharge): Promise<void> {
  const { charge, mandate, payment, plan } = locked;
  await writes.close(charge, 'FAILED');
  const unavailable = payment?.declineCode === INTERNAL_DECLINE_CODES.unavailable;
  if (unavailable && mandate.status === 'PENDING') await writes.releaseKey(mandate);
  if (hasEnded(mandate) || charge.planId !== null) return;
  if (unavailable && mandate.status !== 'PENDING') {
    const nextActionAt = new Date(deps.now().getTime() + UNAVAILABLE_RETRY_MS);
    await changeOrFail(writes, mandate, { nextActionAt }, null);
  } else await afterDecline(deps, writes, mandate, plan, charge.total);
}

/** Moves a mandate whose charge was declined on: to its next try, or to its end. */
export async function afterDecline(
  deps: Pick<SettleChargeDeps, 'now' | 'provider'>,
  writes: BillingWrites,
  mandate: Mandate,
  plan: MembershipPlan | null,
  amount: number,
): Promise<void> {
  const changed = await writes.change(mandate, afterDeclined(mandate, deps.now()), plan);
  if (!changed) return;
  if (hasEnded(changed)) await returnCredit(deps, writes, changed);
  if (mandate.status !== 'PENDING') await writes.announceFailure(changed, plan, amount);
}

/** Ends a membership, and returns what the customer has paid for and not used. Support may have refunded some before. */
export async function endMembership(
  deps: Pick<SettleChargeDeps, 'now' | 'provider'>,
  writes: BillingWrites,
  mandate: Mandate,
  plan: MembershipPlan | null,
): Promise<Mandate | null> {
  const changed = await writes.change(mandate, { ...ended('CANCELLED', deps.now()), cancelAt: deps.now() }, plan);
  if (changed) await returnCredit(deps, writes, changed);
  return changed;
}

async function returnCredit(
  { provider }: Pick<SettleChargeDeps, 'provider'>,
  writes: BillingWrites,
  { id, credit, price }: Mandate,
): Promise<void> {
  if (credit === 0) return;
  const { currency } = price;
  const reason = 'The membership ended with unused credit.';
  let owed = credit;
  for (const payment of await writes.paymentsOf(id)) {
    const amount = Math.min(owed, refundableOf(payment).amount);
    if (amount === 0) continue;
    owed -= amount;
    const refund = { paymentId: payment.id, amount: { amount, currency }, reason } as const;
    await requestRefund(writes.refunds, provider, { ...refund, refundTo: 'SOURCE', parts: null });
  }
}

async function changeOrFail(
  writes: BillingWrites,
  mandate: Mandate,
  change: MandateChange,
  plan: MembershipPlan | null,
): Promise<Mandate> {
  const changed = await writes.change(mandate, change, plan);
  if (!changed) throw new Error(`Mandate ${mandate.id} changed while it was locked`);
  return changed;
}

import { newId } from '@marquee/subgraph/ids';
import type { Log } from '@marquee/telemetry';

import { invoiceNumber, type NewInvoice } from '../../domain/billing/invoice.ts';
import { isMembership, isTrialing, type Mandate } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import { resumed } from '../../domain/billing/membership-changes.ts';
import type {
  CreditNotes,
  DueCreditNote,
  MandateCharges,
  Mandates,
  MembershipPlans,
} from '../../domain/billing/ports.ts';
import { chargeDue, type ChargeMandateDeps } from './charge-mandate.ts';
import { endMembership, settleCharge } from './settle-charge.ts';

export interface RunBillingDeps extends ChargeMandateDeps {
  readonly mandates: Pick<Mandates, 'due' | 'change' | 'announceTrialEnd'>;
  readonly charges: Pick<MandateCharges, 'open' | 'find' | 'settleable'>;
  readonly plans: Pick<MembershipPlans, 'findMany'>;
  readonly creditNotes: CreditNotes;
  readonly log: Pick<Log, 'error'>;
}

const BATCH_SIZE = 50;
/** Mandates are worked on this many at a time, so that a slow provider holds up no others. */
const CONCURRENCY = 5;

/**
 * Settles charges whose payment has ended, does what is due for mandates (charges, retries, reminders, resumptions, ends),
 * and issues credit notes for refunds. What fails is logged; a later run tries again.
 */
export async function runBilling(deps: RunBillingDeps): Promise<void> {
  const settleable = await deps.charges.settleable(BATCH_SIZE);
  await eachLogged(deps, settleable, 'settling a charge failed', (chargeId) => settleCharge(deps, chargeId));
  const due = await deps.mandates.due(deps.now(), BATCH_SIZE);
  const plans = await plansOf(deps, due);
  await eachLogged(deps, due, 'billing a mandate failed', (mandate) =>
    act(deps, mandate, plans.get(mandate.planId ?? '') ?? null),
  );
  const uncredited = await deps.creditNotes.due(BATCH_SIZE);
  await eachLogged(deps, uncredited, 'issuing a credit note failed', (refund) =>
    deps.creditNotes.issue(creditNote(refund, deps.now())),
  );
}

function creditNote({ amount, tax, currency, sequence, ...refund }: DueCreditNote, issuedAt: Date): NewInvoice {
  const description = `Refund of ${invoiceNumber(refund.country, sequence)}`;
  return {
    ...{ ...refund, id: newId('inv'), issuedAt, lines: [{ description, amount: -amount }] },
    total: { amount: -amount, currency },
    tax: { amount: -tax, currency },
  };
}

async function act(deps: RunBillingDeps, mandate: Mandate, plan: MembershipPlan | null): Promise<void> {
  const now = deps.now();
  if (!plan || !isMembership(mandate)) return void (await chargeDue(deps, mandate, plan));
  const { status, cancelAt, periodEnd } = mandate;
  if (cancelAt !== null && cancelAt <= now) {
    await deps.inBilling((writes) => endMembership(deps, writes, mandate, plan));
  } else if (status === 'PAUSED') {
    const change = resumed(mandate, now);
    if (typeof change !== 'string') await deps.mandates.change(mandate, change, plan);
  } else if (isTrialing(mandate) && periodEnd > now) await deps.mandates.announceTrialEnd(mandate, plan, periodEnd);
  else await chargeDue(deps, mandate, plan);
}

async function plansOf({ plans }: RunBillingDeps, due: readonly Mandate[]): Promise<Map<string, MembershipPlan>> {
  const ids = new Set(due.flatMap(({ planId }) => planId ?? []));
  const found = ids.size === 0 ? [] : await plans.findMany([...ids]);
  return new Map(found.map((plan) => [plan.id, plan]));
}

async function eachLogged<T>(
  { log }: RunBillingDeps,
  items: readonly T[],
  problem: string,
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += CONCURRENCY) {
    const group = items.slice(start, start + CONCURRENCY);
    await Promise.all(group.map((item) => work(item).catch((err: unknown) => log.error({ err }, problem))));
  }
}

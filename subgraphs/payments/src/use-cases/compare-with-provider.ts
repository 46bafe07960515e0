import type { PaymentProvider, ProviderCharge, ProviderRefund, TimeWindow } from '../domain/payment-provider.ts';
import {
  compareCharge,
  compareRefund,
  type Finding,
  missingCharge,
  missingRefund,
  sameAmount,
} from '../domain/payment-review.ts';
import type { PaymentReviews, ProviderBooks } from '../domain/ports.ts';
import type { SettleablePayment } from '../domain/payment.ts';
import type { SettlementTransaction } from '../domain/settlement.ts';
import { settlePayment, type SettlePaymentDeps } from './settle-payment.ts';
import { settleRefund } from './settle-refund.ts';

export interface CompareWithProviderDeps extends SettlePaymentDeps {
  readonly provider: PaymentProvider;
  readonly books: ProviderBooks;
  readonly reviews: Pick<PaymentReviews, 'open'>;
  readonly inTransaction: SettlementTransaction;
  readonly now: () => Date;
}

const MINUTE_MS = 60_000;
/** Younger charges may still be on their way to us. */
const LAG_MS = 2 * MINUTE_MS;
/** Windows overlap by more than two clocks differ. */
const OVERLAP_MS = 2 * MINUTE_MS;
/** Also how far the first comparison looks back. */
const LONGEST_WINDOW_MS = 10 * MINUTE_MS;
/** Refunds that were made for a decision of staff refer to the review; no refund of ours belongs to them. */
const BY_DECISION = /^rvw_/;

/**
 * Compares the provider's charges and refunds with ours, window by window up to now, also those that we know nothing of.
 * Differences that a late report would settle are settled; any other opens a review.
 */
export async function compareWithProvider(deps: CompareWithProviderDeps): Promise<void> {
  const end = new Date(deps.now().getTime() - LAG_MS);
  let from = (await deps.books.comparedUntil()) ?? new Date(end.getTime() - LONGEST_WINDOW_MS);
  while (from < end) {
    const to = new Date(Math.min(from.getTime() + LONGEST_WINDOW_MS, end.getTime()));
    await compareWindow(deps, { from: new Date(from.getTime() - OVERLAP_MS), to });
    await deps.books.advance(to);
    from = to;
  }
}

async function compareWindow(deps: CompareWithProviderDeps, window: TimeWindow): Promise<void> {
  const seen = new Set<string>();
  for await (const charges of deps.provider.charges(window)) {
    await deps.reviews.open(await compareCharges(deps, charges));
    for (const { reference } of charges) seen.add(reference);
  }
  for await (const refunds of deps.provider.refunds(window)) {
    await deps.reviews.open(await compareRefunds(deps, refunds));
    for (const { reference } of refunds) seen.add(reference);
  }
  await deps.reviews.open(await findMissing(deps, window, seen));
}

async function compareCharges(deps: CompareWithProviderDeps, charges: readonly ProviderCharge[]): Promise<Finding[]> {
  const payments = byId(await deps.books.payments(charges.map(({ reference }) => reference)));
  const findings: Finding[] = [];
  for (const charge of charges) {
    const payment = payments.get(charge.reference) ?? null;
    const finding = compareCharge(charge, payment);
    if (finding) findings.push(finding);
    else if (payment && isNews(charge, payment)) await settlePayment(deps, deps.provider, charge);
  }
  return findings;
}

function isNews({ status, amount }: ProviderCharge, payment: SettleablePayment): boolean {
  return status !== payment.status && sameAmount(amount, payment.amount);
}

async function compareRefunds(deps: CompareWithProviderDeps, refunds: readonly ProviderRefund[]): Promise<Finding[]> {
  const ours = refunds.filter(({ reference }) => !BY_DECISION.test(reference));
  const known = byId(await deps.books.refunds(ours.map(({ reference }) => reference)));
  const findings: Finding[] = [];
  for (const refund of ours) {
    const mine = known.get(refund.reference) ?? null;
    if (mine?.status === 'PENDING') await deps.inTransaction((tx) => settleRefund(tx, deps.provider, refund));
    const finding = compareRefund(refund, mine?.status === 'PENDING' ? { ...mine, status: refund.status } : mine);
    if (finding) findings.push(finding);
  }
  return findings;
}

/** Items in our books but not in the lists. They may be from outside the window, so the provider is asked for each. */
async function findMissing(
  { provider, books }: CompareWithProviderDeps,
  window: TimeWindow,
  seen: ReadonlySet<string>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const payment of await books.capturedIn(window)) {
    if (!seen.has(payment.id) && !(await provider.findCharge(payment.id))) findings.push(missingCharge(payment));
  }
  for (const refund of await books.refundedIn(window)) {
    if (!seen.has(refund.id) && !(await provider.findRefund({ ...refund, refundId: refund.id })))
      findings.push(missingRefund(refund));
  }
  return findings;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

import type { SqlTransaction } from '@marquee/database';

import { auditLedger, bookedItems, type BookedKind, decidedDifferences, postedItems } from './adapters/ledger-audit.ts';
import type { PaymentProvider, TimeWindow } from './domain/payment-provider.ts';

type Client = Pick<SqlTransaction, '$queryRaw'>;
type Lists = Pick<PaymentProvider, 'name' | 'charges' | 'refunds' | 'payouts'>;

/** Something that the provider has carried out. */
interface Carried {
  readonly id: string;
  /** Our id of it. */
  readonly reference: string;
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly status: string;
}

/** The outcome in which money has moved. */
const MOVED: Readonly<Record<BookedKind, string>> = { charge: 'SUCCEEDED', refund: 'SUCCEEDED', payout: 'PAID' };
/** Refunds that staff decided on, of charges that are not in our books. */
const BY_DECISION = /^rvw_/;

/**
 * Audits the ledger by itself, and against the provider's charges, refunds and payouts.
 *
 * @param provider null to leave out the comparison
 * @returns what it looked at, after a line for each thing that is wrong
 */
export async function* audit(client: Client, provider: Lists | null, now: Date): AsyncGenerator<string, string> {
  const entries = yield* auditLedger(client);
  if (provider === null) return `${entries} entries`;
  const all = { from: new Date(0), to: now };
  const carried = yield* compare(client, provider, all);
  return `${entries} entries, ${carried} charges, refunds and payouts of the provider`;
}

async function* compare(client: Client, provider: Lists, all: TimeWindow): AsyncGenerator<string, number> {
  const lists = { charge: provider.charges(all), refund: provider.refunds(all), payout: provider.payouts(all) };
  let compared = 0;
  for (const kind of ['charge', 'refund', 'payout'] as const) {
    const seen = new Set<string>();
    for await (const page of lists[kind] as AsyncIterable<readonly Carried[]>) {
      compared += page.length;
      const moved = page.filter(({ status, reference }) => status === MOVED[kind] && !BY_DECISION.test(reference));
      yield* comparePage(client, kind, moved);
      for (const { reference } of moved) seen.add(reference);
    }
    yield* missing(client, kind, provider.name, seen);
  }
  return compared;
}

async function* comparePage(client: Client, kind: BookedKind, moved: readonly Carried[]): AsyncGenerator<string> {
  const booked = await bookedItems(
    client,
    kind,
    moved.map(({ reference }) => reference),
  );
  const decided = await decidedDifferences(
    client,
    moved.map(({ id }) => id),
  );
  for (const { id, reference, amount } of moved) {
    const ours = booked.get(reference);
    if (ours?.open || decided.has(id)) continue;
    const theirs = `the provider's ${kind} ${id} of ${amount.amount} ${amount.currency}`;
    if (!ours?.posted) yield `${theirs} is not in the ledger (${reference})`;
    else if (ours.amount !== amount.amount || ours.currency !== amount.currency)
      yield `${theirs} is ${ours.amount} ${ours.currency} in the ledger (${reference})`;
  }
}

async function* missing(
  client: Client,
  kind: BookedKind,
  provider: string,
  seen: ReadonlySet<string>,
): AsyncGenerator<string> {
  for await (const items of postedItems(client, kind, provider)) {
    const decided = await decidedDifferences(
      client,
      items.map(({ id }) => id),
    );
    for (const { id, amount, currency } of items)
      if (!seen.has(id) && !decided.has(id))
        yield `the ${kind} ${id} of ${amount} ${currency} is in the ledger, and not at the provider`;
  }
}

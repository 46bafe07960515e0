import { randomUUID } from 'node:crypto';
import { type Sql, sql } from '@marquee/database';
import { newId } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { PayoutRepository } from '../src/adapters/payouts.ts';
import { sandboxPayments } from '../src/adapters/sandbox/sandbox-payments.ts';
import type { Transaction } from '../src/adapters/transaction.ts';
import { audit } from '../src/audit.ts';
import { settleEndedShows } from '../src/use-cases/make-payouts.ts';
import { API_KEY, customer, eventually, openPayments, WEBHOOK_SECRET } from './harness.ts';
import { pay, topUp } from './operations.ts';

const harness = await openPayments();
const { payments, database, requestedBooking, knownRoles, deliver, sandbox } = harness;
const provider = sandboxPayments({
  ...{ providerUrl: sandbox.url, providerApiKey: API_KEY, providerWebhookSecret: WEBHOOK_SECRET },
});

const ORGANISATION = newId('org');
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const ids = { booking: '', payment: '', refund: '', payout: '', entry: '' };

/** A card sale that is partly refunded and paid out, and a topped-up wallet. */
beforeAll(async () => {
  const now = () => new Date('2027-06-01');
  const sale = {
    ...{ organisationId: ORGANISATION, country: 'NL', showVersion: 0 },
    ...{ startsAt: '2027-01-01T19:00:00.000Z', endsAt: '2027-01-01T21:00:00.000Z' },
    ...{ subtotal: 2_000, fees: 100, tax: 21, discount: 0 },
  };
  const { caller, bookingId } = await requestedBooking({ amount: 2_121, sale });
  ids.booking = bookingId;
  ids.payment = (await pay(payments, caller, bookingId)).payment.id;
  await topUp(payments, caller, 500);
  await deliver('booking.refund-required', {
    ...{ bookingId, customerId: caller.userId, paymentId: ids.payment, reason: 'cancelled', refundTo: 'SOURCE' },
    ...{ amount: eur(600), parts: null },
  });
  const payouts = new PayoutRepository(database, now);
  await eventually(async () => {
    const refund = await database.refund.findFirstOrThrow({ where: { status: 'SUCCEEDED' } });
    ids.refund = refund.id;
  });
  await settleEndedShows({ payouts, now });
  const owner = customer();
  knownRoles.set(owner.userId, [{ organisationId: ORGANISATION, role: 'OWNER' }]);
  const input = { organisationId: ORGANISATION, amount: eur(1_000), idempotencyKey: randomUUID() };
  const request = 'mutation($input: RequestPayoutInput!) { requestPayout(input: $input) { __typename } }';
  await harness.execute(request, owner, { input });
  await eventually(async () => {
    ids.payout = (await database.payout.findFirstOrThrow({ where: { status: 'PAID' } })).id;
  });
  ids.entry = (await database.journalEntry.findFirstOrThrow({ where: { paymentId: ids.payment, refundId: null } })).id;
});

async function linesOf(client: Pick<Transaction, '$queryRaw'>, asked: typeof provider | null): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of audit(client, asked, new Date(Date.now() + 60_000))) lines.push(line);
  return lines;
}

class Undo extends Error {}

/** The audit's findings after changes that the triggers would refuse. Nothing of the changes stays. */
async function foundAfter(changes: readonly Sql[], asked: typeof provider | null = null): Promise<string> {
  let lines: string[] = [];
  const plant = async (tx: Transaction): Promise<void> => {
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
    for (const change of changes) await tx.$executeRaw(change);
    lines = await linesOf(tx, asked);
    throw new Undo();
  };
  await database.$transaction(plant, { timeout: 60_000 }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  return lines.join('\n');
}

test('in sound books nothing is wrong, and they equal the provider’s', async () => {
  expect(await linesOf(database, provider)).toEqual([]);
});

test.each<[string, () => Sql]>([
  [
    'entry sum to zero',
    () => sql`UPDATE postings SET amount = amount + 1 WHERE entry_id = ${ids.entry} AND amount > 0`,
  ],
  ['entry has postings', () => sql`DELETE FROM postings WHERE entry_id = ${ids.entry}`],
  ['currency of its account', () => sql`UPDATE postings SET currency = 'USD' WHERE entry_id = ${ids.entry}`],
  ['sum to its balance', () => sql`UPDATE ledger_balances SET amount = amount - 1 WHERE account_id = 'fees:EUR'`],
  ['sum to its balance', () => sql`UPDATE wallet_balances SET amount = amount + 1`],
  [
    'captured once it has succeeded',
    () => sql`UPDATE payments SET status = 'SUCCEEDED', amount = amount + 5 WHERE id = ${ids.payment}`,
  ],
  ['refund is posted', () => sql`UPDATE refunds SET status = 'FAILED' WHERE id = ${ids.refund}`],
  ['sum of its refunds', () => sql`UPDATE payments SET refunded_amount = 601 WHERE id = ${ids.payment}`],
  [
    'but for what is owed',
    () => sql`INSERT INTO wallet_rewards (id, status, customer_id, currency, owed)
      VALUES ('rwd_x', 'TAKEN_BACK', 'usr_x', 'EUR', 1)`,
  ],
  [
    'sum of the open disputes',
    () => sql`INSERT INTO payment_disputes (id, provider, provider_ref, payment_id, amount, currency, fee, reason, status,
        reserved, created_at)
      VALUES ('dsp_x', 'sandbox', 'dp_x', ${ids.payment}, 1, 'EUR', 0, 'fraudulent', 'OPEN', 0, now())`,
  ],
  ...(['what the open disputes hold', 'a wallet gives what a dispute claims'] as const).map(
    (rule): [string, () => Sql] => [
      rule,
      () => sql`INSERT INTO payment_disputes (id, provider, provider_ref, payment_id, amount, currency, fee, reason, status,
          reserved, created_at, customer_id, claimed, held)
        VALUES ('dsp_x', 'sandbox', 'dp_x', ${ids.payment}, 1, 'EUR', 0, 'fraudulent', 'OPEN', 0, now(), 'usr_x', 1, 1)`,
    ],
  ),
  [
    'sum of the pending payouts',
    () => sql`UPDATE payouts SET status = 'PENDING', settled_at = NULL WHERE id = ${ids.payout}`,
  ],
  ['money out and what is held', () => sql`UPDATE payouts SET amount = 999 WHERE id = ${ids.payout}`],
])('planted: “%s” is found broken', async (rule, change) => {
  expect(await foundAfter([change()])).toContain(rule);
});

test('planted: a charge, refund or payout that only one side has, or of another amount, is found', async () => {
  const unknown = {
    amount: eur(77),
    deadline: new Date(),
    source: 'tok_visa',
    returnUrl: null,
    usage: 'ONCE',
  } as const;
  const lost = [
    sql`DELETE FROM postings WHERE entry_id = ${ids.entry}`,
    sql`DELETE FROM journal_entries WHERE id = ${ids.entry}`,
  ];
  expect(await foundAfter(lost, provider)).toMatch(/provider's charge \w+ of 2121 EUR is not in the ledger/);
  const renamedRefund = [
    sql`UPDATE refunds SET id = 'rfd_x' WHERE id = ${ids.refund}`,
    sql`UPDATE journal_entries SET refund_id = 'rfd_x' WHERE refund_id = ${ids.refund}`,
  ];
  const renamedPayout = [
    sql`UPDATE payouts SET id = 'pyo_x' WHERE id = ${ids.payout}`,
    sql`UPDATE journal_entries SET payout_id = 'pyo_x' WHERE payout_id = ${ids.payout}`,
  ];
  const refund = await foundAfter(renamedRefund, provider);
  expect(refund).toMatch(/the refund rfd_x of 600 EUR is in the ledger, and not at the provider/);
  expect(refund).toMatch(/provider's refund \w+ of 600 EUR is not in the ledger/);
  const payout = await foundAfter(renamedPayout, provider);
  expect(payout).toMatch(/the payout pyo_x of 1000 EUR is in the ledger, and not at the provider/);
  const other = await foundAfter([sql`UPDATE payouts SET amount = 999 WHERE id = ${ids.payout}`], provider);
  expect(other).toMatch(/provider's payout \w+ of 1000 EUR is 999 EUR in the ledger/);
  await provider.charge({ ...unknown, paymentId: 'pay_unknown' });
  expect((await linesOf(database, provider)).join()).toMatch(
    /charge \w+ of 77 EUR is not in the ledger \(pay_unknown\)/,
  );
});

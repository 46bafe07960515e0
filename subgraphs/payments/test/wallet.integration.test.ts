import { testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { createRecurring } from './billing-operations.ts';
import { key, pay, topUp, user, users } from './operations.ts';
import { payFromWalletConcurrently } from './races.ts';
import { customer, openPayments, eventually } from './harness.ts';

const harness = await openPayments();
const { payments, database, requestedBooking } = harness;
const eur = (amount: number) => ({ amount, currency: 'EUR' });

test('a top-up credits the wallet, which can then pay a booking', async () => {
  const { caller, bookingId } = await requestedBooking({ amount: 1_500 });
  const added = await topUp(payments, caller, 5_000);
  expect(added).toMatchObject({
    __typename: 'TopUpWalletPayload',
    wallet: { balance: eur(5_000) },
    payment: { status: 'SUCCEEDED', method: 'CARD', amount: eur(5_000), booking: null },
  });
  const { payment } = await pay(payments, caller, bookingId, { wallet: true });
  expect(payment).toMatchObject({ status: 'SUCCEEDED', method: 'WALLET', amount: eur(1_500) });
  const { wallet } = await user(payments, caller);
  expect(wallet.balance).toEqual(eur(3_500));
  expect(wallet.transactions.edges.map(({ node }) => node)).toMatchObject([
    { type: 'PAYMENT', amount: eur(-1_500), balanceAfter: eur(3_500), booking: { id: bookingId } },
    { type: 'TOP_UP', amount: eur(5_000), balanceAfter: eur(5_000), booking: null },
  ]);
});

test('a wallet that holds too little pays nothing, and the same key pays after a top-up', async () => {
  const { caller, bookingId } = await requestedBooking({ amount: 1_500 });
  await topUp(payments, caller, 1_000);
  const idempotencyKey = key();
  const refused = await pay(payments, caller, bookingId, { wallet: true }, idempotencyKey);
  expect(refused).toMatchObject({ __typename: 'InsufficientWalletBalanceError', balance: eur(1_000) });
  expect(await database.payment.count({ where: { bookingId } })).toBe(0);
  await topUp(payments, caller, 500);
  const paid = await pay(payments, caller, bookingId, { wallet: true }, idempotencyKey);
  expect(paid.payment.status).toBe('SUCCEEDED');
  expect((await user(payments, caller)).wallet.balance).toEqual(eur(0));
});

test('whoever has ten cards declined in an hour pays by no other, in no way, and by the wallet all the same', async () => {
  const { caller, bookingId } = await requestedBooking({ amount: 100 });
  await topUp(payments, caller, 100);
  const declined = { payWith: { cardToken: 'tok_insufficient_funds' } };
  for (let card = 0; card < 10; card += 1)
    expect(await topUp(payments, caller, 1, declined)).toMatchObject({ __typename: 'PaymentDeclinedError' });
  const refused = { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) };
  expect(await topUp(payments, caller, 1)).toMatchObject(refused);
  expect(await pay(payments, caller, bookingId)).toMatchObject(refused);
  expect(await createRecurring(payments, caller)).toMatchObject(refused);
  expect(await topUp(payments, customer(), 1)).toMatchObject({ payment: { status: 'SUCCEEDED' } });
  expect(await pay(payments, caller, bookingId, { wallet: true })).toMatchObject({ payment: { status: 'SUCCEEDED' } });
  await database.payment.updateMany({
    where: { customerId: caller.userId, status: 'FAILED' },
    data: { createdAt: new Date(Date.now() - 3_600_001) },
  });
  expect(await topUp(payments, caller, 1)).toMatchObject({ payment: { status: 'SUCCEEDED' } });
});

test('pending or concurrent top-ups never exceed the maximum balance', async () => {
  const most = 100_000_000;
  const waiting = customer();
  const actions: string[] = [];
  for (let count = 0; count < 11; count += 1) {
    const { payment } = await topUp(payments, waiting, most, { payWith: { cardToken: 'tok_requires_action' } });
    if (payment) actions.push(payment.actionUrl ?? '');
  }
  expect(actions).toHaveLength(10);
  const hasty = customer();
  const { subgraph: unlimited } = await harness.openInstance({ rateLimits: false });
  const answers = await Promise.all(Array.from({ length: 12 }, () => topUp(unlimited, hasty, most)));
  expect(answers.filter(({ code }) => code === 'BAD_USER_INPUT')).toHaveLength(2);
  expect((await user(payments, hasty)).wallet.balance).toEqual(eur(10 * most));
  expect(await topUp(payments, hasty, 1)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.amount.amount' });
  await Promise.all(actions.map((url) => fetch(url)));
  await eventually(async () => expect((await user(payments, waiting)).wallet.balance).toEqual(eur(10 * most)));
});

test('a wallet keeps its first currency and has one balance per currency', async () => {
  const { caller, bookingId } = await requestedBooking({ currency: 'GBP', amount: 800 });
  expect((await user(payments, caller)).wallet).toMatchObject({
    balance: { amount: 0, currency: 'GBP' },
    balances: [],
  });
  await topUp(payments, caller, 2_000, { currency: 'EUR' });
  await topUp(payments, caller, 300, { currency: 'GBP' });
  const poor = await pay(payments, caller, bookingId, { wallet: true });
  expect(poor).toMatchObject({ balance: { amount: 300, currency: 'GBP' } });
  const { wallet } = await user(payments, caller);
  expect(wallet.balance).toEqual(eur(2_000));
  expect(wallet.balances).toEqual([eur(2_000), { amount: 300, currency: 'GBP' }]);
});

test('a top-up that requires action credits the wallet once it is completed', async () => {
  const caller = customer();
  const { payment, wallet } = await topUp(payments, caller, 900, { payWith: { cardToken: 'tok_requires_action' } });
  expect(payment.status).toBe('REQUIRES_ACTION');
  expect(wallet.balance).toEqual(eur(0));
  await fetch(String(payment.actionUrl));
  await eventually(async () => expect((await user(payments, caller)).wallet.balance).toEqual(eur(900)));
});

test('a top-up beyond the maximum balance is refused', async () => {
  const caller = customer();
  for (let added = 0; added < 10; added += 1) await topUp(payments, caller, 100_000_000);
  expect(await topUp(payments, caller, 1)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.amount.amount' });
  expect((await user(payments, caller)).wallet.balance).toEqual(eur(1_000_000_000));
});

test('a top-up is declined and replayed like a payment', async () => {
  const caller = customer();
  const declined = await topUp(payments, caller, 900, { payWith: { cardToken: 'tok_insufficient_funds' } });
  expect(declined).toMatchObject({ __typename: 'PaymentDeclinedError', declineCode: 'insufficient_funds' });
  const idempotencyKey = key();
  const first = await topUp(payments, caller, 900, { idempotencyKey });
  expect((await topUp(payments, caller, 900, { idempotencyKey })).payment).toEqual(first.payment);
  expect(await topUp(payments, caller, 901, { idempotencyKey })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect((await user(payments, caller)).wallet.balance).toEqual(eur(900));
});

test('an invalid top-up names the invalid field', async () => {
  const caller = customer();
  const fields = [
    await topUp(payments, caller, 0),
    await topUp(payments, caller, -5),
    await topUp(payments, caller, 100, { currency: 'eur' }),
    await topUp(payments, caller, 2_000_000_000),
    await topUp(payments, caller, 100, { payWith: { wallet: true } }),
  ].map((answer) => (answer as unknown as { field?: string }).field);
  expect(fields).toEqual([
    'input.amount.amount',
    'input.amount.amount',
    'input.amount.currency',
    'input.amount.amount',
    'input.with.wallet',
  ]);
});

test('transactions are paged without gaps or duplicates', async () => {
  const caller = customer();
  for (const amount of [100, 200, 300, 400, 500]) await topUp(payments, caller, amount);
  const seen: unknown[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof user>> = await user(payments, caller, { first: 2, ...(after && { after }) });
    const { edges, pageInfo } = page.wallet.transactions;
    seen.push(...edges.map(({ node }) => node['balanceAfter']));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen).toEqual([1_500, 1_000, 600, 300, 100].map(eur));
});

test.each(['1', 1.5, 1e300, null])('a cursor with %j is refused', async (position) => {
  const after = Buffer.from(JSON.stringify([position])).toString('base64url');
  const caller = customer();
  expect(await users(payments, caller, [caller.userId], { after })).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'after',
  });
});

test('of twenty concurrent payments from a wallet that covers five, exactly five succeed', async () => {
  const outcome = await payFromWalletConcurrently(harness, { payable: 5, count: 20 });
  expect(outcome).toEqual({ paid: 5, refused: 15, balance: 0 });
});

test('control: without the balance check the same race overdraws the wallet', async () => {
  const unconstrained = await testDatabase('payments');
  const outcome = await payFromWalletConcurrently(
    harness,
    { payable: 5, count: 20 },
    {
      databaseUrl: unconstrained.url,
      drop: 'ALTER TABLE wallet_balances DROP CONSTRAINT wallet_balances_not_negative',
    },
  );
  expect(outcome.paid).toBeGreaterThan(5);
  expect(outcome.balance).toBeLessThan(0);
});

/** Sends twenty top-ups of a customer while their lock is taken, then does work before they go on. */
async function whileTopUpsWait(subgraph: typeof payments, connections: number, work: () => Promise<unknown>) {
  const hasty = customer();
  const sent = await database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${hasty.userId}, 0))`;
    const requests = Array.from({ length: 20 }, () => topUp(subgraph, hasty, 100));
    await eventually(async () => expect(await lockWaits()).toBe(connections));
    await work();
    return { requests };
  });
  return Promise.all(sent.requests);
}

test('a customer who tops up many times at once waits with one connection, and another is served', async () => {
  await whileTopUpsWait(payments, 1, async () => {
    expect(await topUp(payments, customer(), 100)).toHaveProperty('payment');
  });
});

test('control: without the queue they wait with every connection', async () => {
  const { subgraph } = await harness.openInstance({ rateLimits: false });
  const answers = await whileTopUpsWait(subgraph, 10, async () => undefined);
  expect(answers).toHaveLength(20);
});

async function lockWaits(): Promise<number> {
  const [row] = await database.$queryRaw<{ waits: number }[]>`
    SELECT count(*)::int AS waits FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waits ?? 0;
}

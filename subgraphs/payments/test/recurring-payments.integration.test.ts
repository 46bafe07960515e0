import type { Caller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { billed, cancelRecurring, createRecurring } from './billing-operations.ts';
import { DAY_MS, openBillingWorld } from './billing-world.ts';
import { customer } from './harness.ts';
import { key, refund, saveCard } from './operations.ts';

const { payments, database, bill, clock } = await openBillingWorld();
const ZONES = [
  ...['America/Juneau', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca', 'Pacific/Auckland', 'Asia/Kolkata'],
];

const of = ({ userId }: { userId: string }) => billed(payments, customer(userId), userId);
const chargesOf = ({ userId }: { userId: string }) =>
  database.payment.findMany({ where: { customerId: userId }, orderBy: { id: 'asc' } });

test('a recurring top-up is charged now and on its schedule, and adds to the wallet', async () => {
  const caller = customer();
  const { recurringPayment } = await createRecurring(payments, caller, { interval: 'WEEK' });
  expect(recurringPayment).toMatchObject({
    ...{ status: 'ACTIVE', purpose: 'WALLET_TOP_UP', interval: 'WEEK' },
    nextChargeAt: new Date(clock.now.getTime() + 7 * DAY_MS).toISOString(),
  });
  await bill(7);
  const { wallet, recurringPayments, invoices } = await of(caller);
  expect([wallet.balance.amount, recurringPayments.length, invoices.edges]).toEqual([1_000, 1, []]);
  expect((await chargesOf(caller)).map(({ purpose }) => purpose)).toEqual(['RECURRING', 'RECURRING']);
});

test('what a recurring top-up has added is not refunded to the card: the wallet may have spent it', async () => {
  const caller = customer();
  await createRecurring(payments, caller);
  const [charged] = await chargesOf(caller);
  const support = customer(undefined, ['payments:refund', 'payments:read']);
  expect(await refund(payments, support, charged?.id ?? '')).toMatchObject({ refundable: { amount: 0 } });
});

test('in every zone a daily payment is charged on each local day once, over clock changes', async () => {
  clock.now = new Date('2024-04-05T12:00:00.000Z');
  const callers = await Promise.all(
    ZONES.map(async (timeZone) => {
      const caller = customer();
      const hour = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(clock.now);
      // At half past two by the local clocks, where they change.
      const startsAt = new Date(clock.now.getTime() + (((26 - Number(hour)) % 24) + 0.5) * 3_600_000);
      const schedule = { interval: 'DAY', timeZone, startsAt: startsAt.toISOString() };
      const created = await createRecurring(payments, caller, { purpose: 'GIFT', ...schedule });
      expect(created.recurringPayment).toMatchObject({ purpose: 'GIFT', nextChargeAt: schedule.startsAt });
      return { caller, timeZone };
    }),
  );
  const start = clock.now.getTime();
  for (let hours = 0; hours <= 3 * 24; hours += 12) await bill(new Date(start + hours * 3_600_000));
  for (const { caller, timeZone } of callers) {
    const local = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' });
    const days = (await chargesOf(caller)).map(({ createdAt }) => local.format(createdAt));
    expect(new Set(days).size).toBe(days.length);
    expect(days.length).toBeGreaterThanOrEqual(2);
    expect(days.length).toBeLessThanOrEqual(3);
  }
});

test('what was missed is made up for once, and the schedule goes on', async () => {
  const caller = customer();
  const startsAt = new Date(clock.now.getTime() + DAY_MS);
  await createRecurring(payments, caller, { interval: 'DAY', startsAt: startsAt.toISOString() });
  await bill(20);
  await bill(0);
  expect(await chargesOf(caller)).toHaveLength(1);
  const [next] = (await of(caller)).recurringPayments;
  expect(next?.nextChargeAt).toBe(new Date(startsAt.getTime() + 20 * DAY_MS).toISOString());
});

test('a declined first charge creates nothing; a later one is tried four times, then the payment expires', async () => {
  const caller = customer();
  const declined = await createRecurring(payments, caller, { with: { cardToken: 'tok_insufficient_funds' } });
  expect(declined).toMatchObject({ __typename: 'PaymentDeclinedError', declineCode: 'insufficient_funds' });
  expect((await of(caller)).recurringPayments).toEqual([]);
  const { recurringPayment } = await createRecurring(payments, customer(caller.userId), {
    with: { cardToken: 'tok_renewal_fails' },
  });
  await bill(31);
  expect((await of(caller)).recurringPayments).toMatchObject([{ status: 'PAST_DUE' }]);
  for (const days of [1, 2, 2, 2]) await bill(days);
  expect((await of(caller)).recurringPayments).toMatchObject([{ status: 'EXPIRED', nextChargeAt: null }]);
  expect(await cancelRecurring(payments, caller, recurringPayment.id)).toMatchObject({
    __typename: 'RecurringPaymentEndedError',
  });
});

test('a customer cancels their own recurring payment, and nobody else’s', async () => {
  const caller = customer();
  const { recurringPayment } = await createRecurring(payments, caller);
  const anonymous: Caller = { kind: 'anonymous' };
  expect(await cancelRecurring(payments, customer(), recurringPayment.id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await cancelRecurring(payments, anonymous, recurringPayment.id)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await cancelRecurring(payments, caller, 'rcp_nobody')).toMatchObject({ code: 'NOT_FOUND' });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { recurringPayment: cancelled } = await cancelRecurring(payments, caller, recurringPayment.id);
    expect(cancelled).toMatchObject({ status: 'CANCELLED', nextChargeAt: null });
  }
  await bill(40);
  expect(await chargesOf(caller)).toHaveLength(1);
});

test('a repeated request creates nothing again, and stores no second card', async () => {
  const caller = customer();
  const request = { idempotencyKey: key() };
  const [first, second] = [
    await createRecurring(payments, caller, request),
    await createRecurring(payments, caller, request),
  ];
  expect(second).toEqual(first);
  expect(await database.paymentMethod.count({ where: { customerId: caller.userId } })).toBe(1);
});

test('bad input is refused before anything is charged', async () => {
  const caller = customer();
  const { paymentMethod } = await saveCard(payments, customer(), 'tok_visa');
  const fields = await Promise.all(
    [
      { amount: { amount: 0, currency: 'EUR' } },
      { amount: { amount: 100, currency: 'eur' } },
      { with: { wallet: true } },
      { startsAt: new Date(clock.now.getTime() - 1).toISOString() },
      { startsAt: new Date(clock.now.getTime() + 400 * DAY_MS).toISOString() },
      { timeZone: 'Mars/Olympus' },
      { with: { paymentMethodId: paymentMethod.id } },
    ].map(async (change) => {
      const { field, code } = (await createRecurring(payments, caller, change)) as { field?: string; code?: string };
      return field ?? code;
    }),
  );
  expect(fields).toEqual([
    ...['input.amount.amount', 'input.amount.currency', 'input.with.wallet', 'input.startsAt', 'input.startsAt'],
    ...['input.timeZone', 'NOT_FOUND'],
  ]);
  expect(await chargesOf(caller)).toEqual([]);
});

test('a customer has at most twenty recurring payments and saved cards at a time, and those that ended do not count', async () => {
  const caller = customer();
  await createRecurring(payments, caller);
  const mandate = await database.mandate.findFirstOrThrow({ where: { customerId: caller.userId } });
  const card = await database.paymentMethod.findFirstOrThrow({ where: { customerId: caller.userId } });
  const others = Array.from({ length: 19 }, (_, n) => n);
  await database.mandate.createMany({ data: others.map((n) => ({ ...mandate, id: `${mandate.id}_${n}` })) });
  const copy = (n: number) => ({
    ...card,
    id: `${card.id}_${n}`,
    providerRef: `${card.providerRef}_${n}`,
    isDefault: false,
  });
  await database.paymentMethod.createMany({ data: others.map(copy) });
  expect(await saveCard(payments, caller, 'tok_visa')).toMatchObject({ field: 'input.cardToken' });
  const again = { with: { paymentMethodId: card.id } };
  expect(await createRecurring(payments, caller, again)).toMatchObject({ field: 'input.purpose' });
  await cancelRecurring(payments, caller, mandate.id);
  expect(await createRecurring(payments, caller, again)).toMatchObject({ recurringPayment: { status: 'ACTIVE' } });
  expect((await of(caller)).recurringPayments).toHaveLength(21);
});

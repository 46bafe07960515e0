import { randomUUID } from 'node:crypto';
import type { Caller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { seed } from '../src/seed.ts';
import { requestRefund } from '../src/use-cases/request-refund.ts';
import { recordCharge } from '../src/use-cases/charge-card.ts';
import { billed, cancel, changePlan, createPlan, pause, plans, resume, subscribe } from './billing-operations.ts';
import { DAY_MS, openBillingWorld } from './billing-world.ts';
import { customer } from './harness.ts';
import { key, saveCard, topUp } from './operations.ts';

const world = await openBillingWorld();
const { payments, databaseUrl, database, bill, clock } = world;
const admin = customer(undefined, ['plans:write']);
const anonymous: Caller = { kind: 'anonymous' };
const eur = (amount: number) => ({ amount, currency: 'EUR' });

const of = (caller: { userId: string }) => billed(payments, customer(caller.userId), caller.userId);
const invoicesOf = async (caller: { userId: string }) => (await of(caller)).invoices.edges.map(({ node }) => node);
const paymentsOf = ({ userId }: { userId: string }) =>
  database.payment.findMany({ where: { customerId: userId }, orderBy: { id: 'asc' } });
const eventsOf = async ({ userId }: { userId: string }) => {
  const events = await database.outboxEvent.findMany({
    where: { type: { startsWith: 'payments.' } },
    orderBy: { seq: 'asc' },
  });
  return events
    .filter(({ payload }) => (payload as { customerId: string }).customerId === userId)
    .map(({ type }) => type);
};

test('plans are listed for everybody, by currency and price, and the seed adds each once', async () => {
  await seed({ databaseUrl });
  await seed({ databaseUrl });
  const listed = await plans(payments, anonymous);
  expect(listed.length).toBe(await database.membershipPlan.count());
  const kronor = await plans(payments, anonymous, { currency: 'SEK' });
  expect(kronor.map(({ name, interval, price }) => [name, interval, price.amount])).toEqual([
    ['Marquee Plus', 'MONTH', 11_900],
    ['Marquee Gold', 'YEAR', 119_000],
  ]);
  expect(await plans(payments, anonymous, { country: 'SE' })).toEqual(kronor);
  expect(await plans(payments, anonymous, { country: 'SE', currency: 'EUR' })).toEqual([]);
});

test('staff create a plan once; nobody else does', async () => {
  const created = await createPlan(payments, admin, { name: 'Friend' });
  expect(created.plan).toMatchObject({ name: 'Friend', trialDays: 0, country: 'NL' });
  expect(await createPlan(payments, admin, { name: 'friend' })).toMatchObject({
    __typename: 'MembershipPlanExistsError',
  });
  expect(await createPlan(payments, admin, { name: 'Friend', trialDays: 400 })).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.trialDays',
  });
  expect(await createPlan(payments, customer())).toMatchObject({ code: 'FORBIDDEN' });
  expect(await createPlan(payments, anonymous)).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a membership is charged and invoiced on the anchor’s day of each month of a year, and only then', async () => {
  const member = customer();
  const { id } = await world.plan({ amount: 1_210 });
  const start = new Date('2024-01-31T23:30:00.000Z');
  clock.now = start;
  const { membership } = await subscribe(payments, member, id, { timeZone: 'Pacific/Auckland' });
  expect(membership).toMatchObject({
    status: 'ACTIVE',
    currentPeriodEnd: '2024-02-29T23:30:00.000Z',
    nextInvoice: { total: eur(1_210), dueAt: '2024-02-29T23:30:00.000Z' },
  });
  for (let month = 1; month < 12; month += 1) {
    const due = new Date((await of(member)).membership?.currentPeriodEnd ?? '');
    await bill(new Date(due.getTime() - 1));
    await bill(due);
  }
  const charged = await paymentsOf(member);
  expect(charged.map(({ status, purpose, amount }) => [status, purpose, amount])).toEqual(
    Array.from({ length: 12 }, () => ['SUCCEEDED', 'MEMBERSHIP', 1_210n]),
  );
  const days = (await invoicesOf(member)).map((invoice) =>
    String((invoice as unknown as { issuedAt: string }).issuedAt),
  );
  const local = new Intl.DateTimeFormat('sv', { timeZone: 'Pacific/Auckland', dateStyle: 'short' });
  expect(days.map((day) => local.format(new Date(day))).toReversed()).toEqual([
    ...['2024-02-01', '2024-03-01', '2024-04-01', '2024-05-01', '2024-06-01', '2024-07-01'],
    ...['2024-08-01', '2024-09-01', '2024-10-01', '2024-11-01', '2024-12-01', '2025-01-01'],
  ]);
  const [latest] = await invoicesOf(member);
  expect(latest).toMatchObject({ status: 'PAID', total: eur(1_210), tax: eur(210), country: 'NL' });
  expect(latest?.lines).toMatchObject([{ description: expect.stringContaining('1 Jan 2025'), amount: eur(1_210) }]);
  await bill(new Date('2025-03-20T00:00:00.000Z'));
  const [late] = await invoicesOf(member);
  expect(late?.lines[0]?.description).toContain('1 Mar 2025 to 1 Apr 2025');
});

test('a trial is free, announced before it ends, and given once', async () => {
  const member = customer();
  const { id } = await world.plan({ trialDays: 14 });
  const { membership } = await subscribe(payments, member, id);
  expect(membership).toMatchObject({ status: 'TRIALING', nextInvoice: { total: eur(1_000) } });
  await bill(12);
  expect(await eventsOf(member)).toEqual(['payments.membership-changed', 'payments.trial-ending']);
  expect(await paymentsOf(member)).toEqual([]);
  await bill(2);
  expect((await of(member)).membership).toMatchObject({ status: 'ACTIVE' });
  expect(await paymentsOf(member)).toHaveLength(1);
  await cancel(payments, member, false);
  expect((await subscribe(payments, member, id)).membership).toMatchObject({ status: 'ACTIVE', trialEndsAt: null });
});

test('a declined renewal is tried on days 1, 3, 5 and 7 with the benefits kept, then the membership expires', async () => {
  const member = customer();
  const { id } = await world.plan();
  await subscribe(payments, member, id, { payWith: { cardToken: 'tok_renewal_fails' } });
  await bill(new Date((await of(member)).membership?.currentPeriodEnd ?? ''));
  const due = clock.now;
  expect((await of(member)).membership).toMatchObject({
    status: 'PAST_DUE',
    graceEndsAt: new Date(due.getTime() + 7 * DAY_MS).toISOString(),
  });
  const tried: number[] = [];
  for (let day = 1; day <= 8; day += 1) {
    const before = (await paymentsOf(member)).length;
    await bill(1);
    if ((await paymentsOf(member)).length > before) tried.push(day);
  }
  expect(tried).toEqual([1, 3, 5, 7]);
  expect((await of(member)).membership).toBeNull();
  expect(await eventsOf(member)).toEqual([
    'payments.membership-changed',
    ...Array.from({ length: 5 }, () => ['payments.membership-changed', 'payments.renewal-failed']).flat(),
  ]);
  expect((await invoicesOf(member)).length).toBe(1);
});

test('a declined first charge leaves no membership, and the same key says so again', async () => {
  const member = customer();
  const { id } = await world.plan();
  const options = { payWith: { cardToken: 'tok_insufficient_funds' }, idempotencyKey: key() };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    expect(await subscribe(payments, member, id, options)).toMatchObject({
      __typename: 'PaymentDeclinedError',
      declineCode: 'insufficient_funds',
    });
  }
  expect((await of(member)).membership).toBeNull();
  expect((await subscribe(payments, member, id)).membership.status).toBe('ACTIVE');
  expect(await subscribe(payments, member, id)).toMatchObject({ __typename: 'MembershipExistsError' });
});

test('a membership begins once the customer has confirmed its first payment', async () => {
  const member = customer();
  const { id } = await world.plan();
  const payWith = { cardToken: 'tok_requires_action' };
  const returnUrl = 'http://localhost:3000/joined';
  expect(await subscribe(payments, member, id, { payWith, returnUrl: 'https://elsewhere.example' })).toMatchObject({
    field: 'input.returnUrl',
  });
  const { payment } = await subscribe(payments, member, id, { payWith, returnUrl });
  expect(payment.status).toBe('REQUIRES_ACTION');
  const [row] = await paymentsOf(member);
  expect(row).toMatchObject({ returnUrl, offSession: false });
  expect((await of(member)).membership).toBeNull();
  expect(await subscribe(payments, member, id)).toMatchObject({ payment: { id: payment.id } });
  await confirm(payment);
  await bill();
  const { membership } = await of(member);
  expect(membership).toMatchObject({ status: 'ACTIVE' });
  await bill(new Date(membership?.currentPeriodEnd ?? ''));
  expect((await paymentsOf(member))[1]).toMatchObject({ offSession: true, declineCode: 'authentication_required' });
});

test('a membership that is cancelled while a change of its plan is being paid still ends with its period', async () => {
  const member = customer();
  const [basic, better] = [await world.plan(), await world.plan({ amount: 3_000 })];
  const first = await subscribe(payments, member, basic.id, { payWith: { cardToken: 'tok_requires_action' } });
  await confirm(first.payment);
  await bill();
  const { payment } = await changePlan(payments, member, better.id);
  expect(payment.status).toBe('REQUIRES_ACTION');
  const { membership } = await cancel(payments, member, true);
  await confirm(payment);
  await bill();
  expect((await of(member)).membership).toMatchObject({
    plan: { id: better.id },
    cancelAt: membership.currentPeriodEnd,
  });
  await bill(new Date(membership.currentPeriodEnd));
  expect((await of(member)).membership).toBeNull();
});

test('a wallet pays a membership, and one that holds too little does not', async () => {
  const member = customer();
  const { id } = await world.plan();
  const wallet = { payWith: { wallet: true } };
  expect(await subscribe(payments, member, id, wallet)).toMatchObject({ __typename: 'InsufficientWalletBalanceError' });
  await topUp(payments, member, 1_500);
  expect((await subscribe(payments, member, id, wallet)).membership.status).toBe('ACTIVE');
  expect((await of(member)).wallet.balance).toEqual(eur(500));
});

test('a refund by support is credited in the same series of numbers, with its tax, and the books say the same', async () => {
  const member = customer();
  const { id } = await world.plan({ amount: 1_210 });
  await subscribe(payments, member, id);
  const [payment] = await paymentsOf(member);
  await issueRefund(payment?.id ?? '', 605);
  await bill();
  await bill();
  const [note, invoice] = await invoicesOf(member);
  expect(note).toMatchObject({ status: 'CREDIT_NOTE', total: eur(-605), tax: eur(-105) });
  expect(invoice).toMatchObject({ status: 'CREDITED', total: eur(1_210), tax: eur(210) });
  const sequenceOf = (number = '') => Number(number.slice(3));
  expect(sequenceOf(note?.number) - sequenceOf(invoice?.number)).toBe(1);
  const postings = await database.posting.findMany({
    where: { entry: { paymentId: payment?.id ?? '' } },
    orderBy: { seq: 'asc' },
  });
  const booked = (account: string) =>
    postings.filter(({ accountId }) => accountId === account).map(({ amount }) => amount);
  expect(booked('memberships:EUR')).toEqual([-1_000n, 500n]);
  expect(booked('tax:NL:EUR')).toEqual([-210n, 105n]);
});

async function issueRefund(paymentId: string, amount: number): Promise<void> {
  const { inTransaction, provider } = world.deps;
  const order = { paymentId, amount: eur(amount), reason: 'Goodwill.', refundTo: 'WALLET', parts: null } as const;
  await inTransaction((settlement) => requestRefund(settlement, provider, order));
}

test('what a customer is billed is visible to them and to administrators alone', async () => {
  const member = customer();
  const { id } = await world.plan();
  await subscribe(payments, member, id);
  const administrator = customer(undefined, ['users:write']);
  expect((await billed(payments, administrator, member.userId)).membership).toMatchObject({ status: 'ACTIVE' });
  expect(await billed(payments, customer(), member.userId)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await billed(payments, anonymous, member.userId)).toMatchObject({ code: 'UNAUTHENTICATED' });
  for (const work of [
    () => subscribe(payments, anonymous, id),
    () => changePlan(payments, anonymous, id),
    () => cancel(payments, anonymous, false),
    () => pause(payments, anonymous),
    () => resume(payments, anonymous),
  ]) {
    expect(await work()).toMatchObject({ code: 'UNAUTHENTICATED' });
  }
});

test('bad input is refused before anything is charged', async () => {
  const member = customer();
  const { id } = await world.plan();
  expect(await subscribe(payments, member, id, { timeZone: 'Mars/Olympus' })).toMatchObject({
    field: 'input.timeZone',
  });
  expect(await subscribe(payments, member, id, { payWith: { wallet: false } })).toMatchObject({ field: 'input.with' });
  expect(await subscribe(payments, member, 'mpl_nobody')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await subscribe(payments, member, id, { payWith: { paymentMethodId: 'pmt_x' } })).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await paymentsOf(member)).toEqual([]);
});

/** Completes the payment on its page, and settles it by what the provider says then. */
async function confirm({ id, actionUrl }: { readonly id: string; readonly actionUrl: string | null }): Promise<void> {
  await fetch(String(actionUrl), { redirect: 'manual' });
  await world.deps.payments.handOver(id, clock.now);
  const charge = await world.deps.provider.findCharge(id);
  if (charge) await recordCharge(world.deps, charge);
}

test('an erased customer is charged no more and has no cards, and the books stay', async () => {
  const member = customer();
  const { id } = await world.plan();
  await subscribe(payments, member, id);
  await saveCard(payments, member, 'tok_visa');
  const erase = () =>
    payments.handle({
      ...{ id: randomUUID(), type: 'account.erased', key: member.userId, payload: { userId: member.userId } },
      occurredAt: clock.now.toISOString(),
    });
  await erase();
  const after = await Promise.all([paymentsOf(member), eventsOf(member)]);
  await erase();
  expect(await Promise.all([paymentsOf(member), eventsOf(member)])).toEqual(after);
  const customerId = member.userId;
  expect(await database.mandate.findMany({ where: { customerId } })).toMatchObject([
    { status: 'CANCELLED', nextActionAt: null },
  ]);
  expect(after[1].filter((type) => type === 'payments.membership-changed')).toHaveLength(2);
  expect(await database.paymentMethod.count({ where: { customerId } })).toBe(0);
  expect(await database.cardRemoval.count()).toBeGreaterThan(0);
  expect(after[0]).toHaveLength(1);
  const held = await payments.execute({
    query: `{ personalData(userId: "${customerId}") }`,
    caller: { kind: 'service', name: 'accounts' },
  });
  expect(JSON.parse(String(held.data?.['personalData']))).toMatchObject({ payments: [{}], invoices: [{}], cards: [] });
});

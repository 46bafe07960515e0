import { expect, test } from 'vitest';

import { billed, cancel, changePlan, pause, resume, subscribe } from './billing-operations.ts';
import { openBillingWorld } from './billing-world.ts';
import { customer } from './harness.ts';
import { key } from './operations.ts';

const world = await openBillingWorld();
const { payments, database, bill, clock } = world;
const eur = (amount: number) => ({ amount, currency: 'EUR' });

const of = ({ userId }: { userId: string }) => billed(payments, customer(userId), userId);
const invoicesOf = async (caller: { userId: string }) => (await of(caller)).invoices.edges.map(({ node }) => node);
const paymentsOf = ({ userId }: { userId: string }) =>
  database.payment.findMany({ where: { customerId: userId }, orderBy: { id: 'asc' } });

test('a dearer plan charges the difference, a cheaper one is credited to the next invoice, and an end returns credit', async () => {
  const member = customer();
  const [basic, better] = [await world.plan({ amount: 1_000 }), await world.plan({ amount: 3_000 })];
  clock.now = new Date('2025-04-01T00:00:00.000Z');
  await subscribe(payments, member, basic.id);
  clock.now = new Date('2025-04-16T00:00:00.000Z');
  const idempotencyKey = key();
  const up = await changePlan(payments, member, better.id, idempotencyKey);
  expect(up).toMatchObject({ proration: eur(1_000), membership: { plan: { id: better.id } } });
  expect(up.membership.currentPeriodEnd).toBe('2025-05-01T00:00:00.000Z');
  expect(await changePlan(payments, member, better.id, idempotencyKey)).toEqual(up);
  const down = await changePlan(payments, member, basic.id);
  expect(down.proration).toEqual(eur(-1_000));
  expect(down.membership.nextInvoice?.total).toEqual(eur(0));
  await bill(new Date('2025-05-01T00:00:00.000Z'));
  expect((await paymentsOf(member)).map(({ amount }) => amount)).toEqual([1_000n, 1_000n]);
  const [renewal] = await invoicesOf(member);
  expect(renewal?.lines.map(({ amount }) => amount.amount)).toEqual([1_000, -1_000]);
  clock.now = new Date('2025-05-16T12:00:00.000Z');
  await changePlan(payments, member, better.id);
  await changePlan(payments, member, basic.id);
  await cancel(payments, member, false);
  const refunds = await database.refund.findMany({ where: { customerId: member.userId } });
  expect(refunds.map(({ amount }) => amount)).toEqual([1_000n]);
});

test('a credit that several payments made is given back from all of them', async () => {
  const member = customer();
  const [basic, better, least] = [
    await world.plan({ amount: 1_000 }),
    await world.plan({ amount: 2_000 }),
    await world.plan({ amount: 100 }),
  ];
  clock.now = new Date('2025-04-01T00:00:00.000Z');
  await subscribe(payments, member, basic.id);
  clock.now = new Date('2025-04-16T00:00:00.000Z');
  await changePlan(payments, member, better.id);
  expect((await changePlan(payments, member, least.id)).proration).toEqual(eur(-950));
  await cancel(payments, member, false);
  const refunds = await database.refund.findMany({ where: { customerId: member.userId }, orderBy: { amount: 'asc' } });
  expect(refunds.map(({ amount }) => amount)).toEqual([450n, 500n]);
  expect(await database.paymentReview.count()).toBe(0);
});

test('a change to another interval begins a period of its own; one to another currency is refused', async () => {
  const member = customer();
  const [monthly, yearly] = [
    await world.plan({ amount: 1_000 }),
    await world.plan({ amount: 9_000, interval: 'YEAR' }),
  ];
  const kronor = await world.plan({ currency: 'SEK' });
  clock.now = new Date('2025-06-01T00:00:00.000Z');
  await subscribe(payments, member, monthly.id);
  clock.now = new Date('2025-06-16T00:00:00.000Z');
  const changed = await changePlan(payments, member, yearly.id);
  expect(changed.proration).toEqual(eur(8_500));
  expect(changed.membership.currentPeriodEnd).toBe('2026-06-16T00:00:00.000Z');
  expect(await changePlan(payments, member, kronor.id)).toMatchObject({ reason: 'OTHER_CURRENCY' });
  expect(await changePlan(payments, member, yearly.id)).toMatchObject({ reason: 'SAME_PLAN' });
  expect(await changePlan(payments, member, 'mpl_nobody')).toMatchObject({ code: 'NOT_FOUND' });
});

test('a change that costs a large amount is charged to the saved card only with a fresh sign-in', async () => {
  const member = customer();
  const [basic, large] = [await world.plan(), await world.plan({ amount: 60_000 })];
  clock.now = new Date('2025-06-01T00:00:00.000Z');
  await subscribe(payments, member, basic.id);
  const stale = { ...member, authenticatedAt: new Date('2025-05-31T23:00:00.000Z') };
  expect(await changePlan(payments, stale, large.id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await paymentsOf(member)).toHaveLength(1);
  const [changed, back] = [await changePlan(payments, member, large.id), await changePlan(payments, stale, basic.id)];
  expect([changed, back]).toMatchObject([{ proration: eur(59_000) }, { proration: eur(-59_000) }]);
});

test('a pause keeps what is left of the period, and ends by itself', async () => {
  const member = customer();
  const { id } = await world.plan();
  clock.now = new Date('2025-06-01T00:00:00.000Z');
  await subscribe(payments, member, id);
  clock.now = new Date('2025-06-11T00:00:00.000Z');
  expect((await pause(payments, member)).membership).toMatchObject({
    ...{ status: 'PAUSED', resumesAt: '2025-09-11T00:00:00.000Z', nextInvoice: null },
  });
  expect(await pause(payments, member)).toMatchObject({ reason: 'PAUSED' });
  await bill(new Date('2025-07-15T00:00:00.000Z'));
  expect(await paymentsOf(member)).toHaveLength(1);
  expect((await resume(payments, member)).membership).toMatchObject({
    ...{ status: 'ACTIVE', currentPeriodEnd: '2025-08-04T00:00:00.000Z', resumesAt: null },
  });
  expect(await resume(payments, member)).toMatchObject({ reason: 'NOT_PAUSED' });
  await pause(payments, member);
  await bill(new Date('2025-10-15T00:00:00.000Z'));
  expect((await of(member)).membership).toMatchObject({ status: 'ACTIVE' });
});

test('a membership that is cancelled at the period’s end lasts until then, unless that is taken back', async () => {
  const member = customer();
  const { id } = await world.plan();
  const { membership } = await subscribe(payments, member, id);
  const end = membership.currentPeriodEnd;
  expect((await cancel(payments, member, true)).membership).toMatchObject({
    status: 'ACTIVE',
    cancelAt: end,
    nextInvoice: null,
  });
  expect((await resume(payments, member)).membership).toMatchObject({ cancelAt: null });
  await cancel(payments, member, true);
  await bill(new Date(end));
  expect((await of(member)).membership).toBeNull();
  expect(await paymentsOf(member)).toHaveLength(1);
  expect(await cancel(payments, member, true)).toMatchObject({ code: 'NOT_FOUND' });
});

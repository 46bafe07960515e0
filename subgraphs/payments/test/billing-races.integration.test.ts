import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '@marquee/prisma-payments';
import { newId } from '@marquee/subgraph/ids';
import { expect, test } from 'vitest';

import { insertInvoice } from '../src/adapters/billing/invoices.ts';
import { withCredit } from '../src/domain/billing/charge.ts';
import { chargeDue, openCharge } from '../src/use-cases/billing/charge-mandate.ts';
import { runBilling } from '../src/use-cases/billing/run-billing.ts';
import { billed, cancel, changePlan, subscribe } from './billing-operations.ts';
import { billingDeps, openBillingWorld } from './billing-world.ts';
import { customer } from './harness.ts';

const world = await openBillingWorld();
const { payments, database, clock, now } = world;

const succeeded = (client: PrismaClient, customerId: string) =>
  client.payment.findMany({ where: { customerId, status: 'SUCCEEDED' } });

/** @returns how many of five requests at once began a membership, and were charged */
async function subscribeAtOnce(drop: string[] = []) {
  const contest = await world.contest(drop);
  const member = customer();
  const { id } = await contest.addPlan();
  const results = await Promise.all(Array.from({ length: 5 }, () => subscribe(contest.payments, member, id)));
  const begun = results.filter(({ __typename }) => __typename === 'SubscribeToPlanPayload').length;
  return { begun, charged: (await succeeded(contest.database, member.userId)).length };
}

test('a customer who subscribes five times at once has one membership and pays once', async () => {
  expect(await subscribeAtOnce()).toEqual({ begun: 1, charged: 1 });
});

test('control: without the unique index they have and pay for several', async () => {
  const { begun, charged } = await subscribeAtOnce(['DROP INDEX mandates_one_membership']);
  expect(Math.min(begun, charged)).toBeGreaterThan(1);
});

const UNGUARDED = [
  'DROP INDEX mandate_charges_once',
  `CREATE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN NEW.version := OLD.version; RETURN NEW; END $$`,
  'CREATE TRIGGER keep_version BEFORE UPDATE ON mandates FOR EACH ROW EXECUTE FUNCTION keep_version()',
];

/** Two workers charge a membership that both have read. @returns the charges of its second period */
async function renewAtOnce(drop: string[] = []) {
  const contest = await world.contest(drop);
  const member = customer();
  const { id } = await contest.addPlan();
  const { membership } = await subscribe(contest.payments, member, id);
  clock.now = new Date(membership.currentPeriodEnd);
  const workers = [contest.worker(), contest.worker()] as const;
  const [plan = null] = await workers[0].plans.findMany([id]);
  const read = await Promise.all(workers.map((deps) => deps.mandates.find(membership.id)));
  await Promise.all(
    workers.map(async (deps, index) => {
      const mandate = read[index];
      if (mandate) await chargeDue(deps, mandate, plan).catch(() => undefined);
    }),
  );
  return (await succeeded(contest.database, member.userId)).length - 1;
}

test('two workers that renew the same membership at once charge it once', async () => {
  expect(await renewAtOnce()).toBe(1);
});

test('control: without the index and the version they charge it twice', async () => {
  expect(await renewAtOnce(UNGUARDED)).toBe(2);
});

/** Renews a membership, and does something else once its card is being charged. */
async function whileRenewing(member: { userId: string }, work: () => Promise<unknown>) {
  let result: unknown;
  const deps = billingDeps(world, now, (provider) => ({
    ...provider,
    charge: async (request) => {
      result = await work();
      return provider.charge(request);
    },
  }));
  const { membership } = await billed(payments, customer(member.userId), member.userId);
  clock.now = new Date(membership?.currentPeriodEnd ?? '');
  await runBilling(deps);
  return result;
}

/** A worker renews a membership that a request, which has read it before, moves to another plan. @returns what was charged */
async function renewAndChangeAtOnce(drop: string[] = []) {
  const contest = await world.contest(drop);
  const member = customer();
  const [basic, better] = [await contest.addPlan(), await contest.addPlan({ amount: 3_000 })];
  const { membership } = await subscribe(contest.payments, member, basic.id);
  clock.now = new Date(membership.currentPeriodEnd);
  const [worker, request] = [contest.worker(), contest.worker()];
  const plans = await worker.plans.findMany([basic.id, better.id]);
  const planOf = ({ id }: { id: string }) => plans.find((plan) => plan.id === id) ?? null;
  const read = await worker.mandates.find(membership.id);
  const moves = { id: newId('mch'), planId: better.id, lines: [], createdAt: now() };
  await Promise.all([
    read && chargeDue(worker, read, planOf(basic)),
    read && openCharge(request, read, planOf(better), { ...moves, ...withCredit(read, 2_000) }, { customer: null }),
  ]);
  return contest.database.mandateCharge.count({ where: { mandateId: membership.id, sequence: 1 } });
}

test('a renewal and a change of plan at once are charged as one', async () => {
  expect(await renewAndChangeAtOnce()).toBe(1);
});

test('control: without the index and the version both are charged', async () => {
  expect(await renewAndChangeAtOnce(UNGUARDED)).toBe(2);
});

test('a plan cannot be changed while its renewal is being charged', async () => {
  const member = customer();
  const [basic, better] = [await world.plan(), await world.plan({ amount: 3_000 })];
  await subscribe(payments, member, basic.id);
  const refused = await whileRenewing(member, () => changePlan(payments, member, better.id));
  expect(refused).toMatchObject({ __typename: 'MembershipNotChangeableError', reason: 'RENEWAL_UNDER_WAY' });
  const { membership } = await billed(payments, customer(member.userId), member.userId);
  expect(membership).toMatchObject({ status: 'ACTIVE', plan: { id: basic.id } });
  expect(await succeeded(database, member.userId)).toHaveLength(2);
  expect(await changePlan(payments, member, better.id)).toHaveProperty('proration');
});

test('a renewal that is charged while its membership is cancelled is refunded in full; one before it is not', async () => {
  const { id } = await world.plan();
  const refunds = async (cancels: (member: { userId: string }) => Promise<unknown>) => {
    const member = customer();
    await subscribe(payments, member, id);
    await cancels(member);
    expect((await billed(payments, customer(member.userId), member.userId)).membership).toBeNull();
    expect(await succeeded(database, member.userId)).toHaveLength(2);
    return database.refund.findMany({ where: { customerId: member.userId }, select: { amount: true } });
  };
  const during = await refunds((member) =>
    whileRenewing(member, () => cancel(payments, customer(member.userId), false)),
  );
  expect(during).toEqual([{ amount: 1_000n }]);
  const after = await refunds(async (member) => {
    await whileRenewing(member, async () => undefined);
    await cancel(payments, customer(member.userId), false);
  });
  expect(after).toEqual([]);
});

/** Issues fifty credit notes at once, every fifth in a transaction that is rolled back. @returns their numbers */
async function issueAtOnce(country: string, prepare: string[] = []) {
  const contest = await world.contest(prepare);
  const member = customer();
  const { id } = await contest.addPlan();
  await subscribe(contest.payments, member, id);
  const { id: correctsId, chargeId } = await contest.database.invoice.findFirstOrThrow();
  const zero = { amount: 0, currency: 'EUR' };
  const note = { customerId: member.userId, country, chargeId, correctsId, lines: [], total: zero, tax: zero };
  const issue = (index: number) =>
    contest.database.$transaction(
      async (tx) => {
        await insertInvoice(tx, { ...note, id: `inv_${index}`, refundId: randomUUID(), issuedAt: now() });
        if (index % 5 === 0) throw new Error('rolled back');
      },
      { maxWait: 20_000, timeout: 20_000 },
    );
  await Promise.allSettled(Array.from({ length: 50 }, (_, index) => issue(index)));
  const issued = await contest.database.invoice.findMany({ where: { country }, orderBy: { sequence: 'asc' } });
  return issued.map(({ sequence }) => sequence);
}

test('of fifty invoices at once, some of them rolled back, the numbers have no gap and no repeat', async () => {
  expect(await issueAtOnce('FR')).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
});

test('control: numbers of a sequence have gaps', async () => {
  const numbers = await issueAtOnce('FR', [
    'CREATE SEQUENCE numbers',
    `CREATE FUNCTION by_sequence() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN NEW.sequence := nextval('numbers'); RETURN NEW; END $$`,
    'CREATE TRIGGER by_sequence BEFORE INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION by_sequence()',
  ]);
  expect(numbers).toHaveLength(40);
  expect(numbers.at(-1)).toBeGreaterThan(numbers.length);
});

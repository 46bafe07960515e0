import type { Caller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { seed } from '../src/seed.ts';
import { createPlan, plans } from './billing-operations.ts';
import { customer, openPayments } from './harness.ts';

const { payments, databaseUrl, database } = await openPayments();
const admin = customer(undefined, ['plans:write']);
const anonymous: Caller = { kind: 'anonymous' };

test('plans are listed for everybody, by currency and price, and the seed adds each once', async () => {
  await seed({ databaseUrl });
  await seed({ databaseUrl });
  const listed = await plans(payments, anonymous);
  expect(listed.length).toBe(await database.membershipPlan.count());
  const kronor = await plans(payments, anonymous, 'SEK');
  expect(kronor.map(({ name, interval, price }) => [name, interval, price.amount])).toEqual([
    ['Marquee Plus', 'MONTH', 11_900],
    ['Marquee Gold', 'YEAR', 119_000],
  ]);
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

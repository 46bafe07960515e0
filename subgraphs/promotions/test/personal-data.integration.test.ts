import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { heldSale, openPromotions } from './harness.ts';
import { operationsOf } from './operations.ts';

const harness = await openPromotions();
const { database, deliver, execute } = harness;
const { made, reserve } = operationsOf(harness);

async function heldOf(userId: string): Promise<Record<string, unknown[]>> {
  const query = 'query($userId: ID!) { personalData(userId: $userId) }';
  const { data } = await execute(query, { kind: 'service', name: 'accounts' }, { userId });
  return JSON.parse((data as { personalData: string }).personalData);
}

test('a person gets what is held about them, and what is not for the books is erased', async () => {
  const [userId, other] = [newId('usr'), newId('usr')];
  const { code } = await made();
  await reserve(code, heldSale({ customerId: userId }));
  await database.referralCode.create({ data: { userId, code: 'MYOWN234' } });
  await deliver('account.registered', { userId: other, referralCode: 'MYOWN234' });
  expect(await heldOf(userId)).toMatchObject({
    coupons: [{ code: code.toUpperCase(), status: 'RESERVED', amount: 200, currency: 'GBP' }],
    referralCode: [{ code: 'MYOWN234' }],
    referrals: [{ role: 'invited', status: 'PENDING' }],
    rewards: [],
  });
  for (let time = 1; time <= 2; time += 1) await deliver('account.erased', { userId });
  expect(await heldOf(userId)).toMatchObject({ coupons: [{ amount: 200 }], referralCode: [], referrals: [] });
  expect(await database.codeTries.count({ where: { customerId: userId } })).toBe(0);
});

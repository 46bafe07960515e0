import { expect, test } from 'vitest';

import { audit } from '../src/audit.ts';
import { seed } from '../src/seed.ts';
import { heldSale, openPromotions, user } from './harness.ts';
import { operationsOf } from './operations.ts';

const harness = await openPromotions();
const { database, databaseUrl } = harness;
const { made, reserve, list } = operationsOf(harness);

async function findings(): Promise<string[]> {
  const found: string[] = [];
  for await (const line of audit(database)) found.push(line);
  return found;
}

/** Changes rows behind the backs of triggers. */
async function tamper(statement: string): Promise<void> {
  await database.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRawUnsafe(statement);
  });
}

test('the audit finds counts that differ from a recount, and nothing else', async () => {
  const { id, code } = await made();
  await reserve(code, heldSale({ customerId: 'usr_1' }));
  expect(await findings()).toEqual([]);
  await tamper(`UPDATE coupons SET redeemed_count = 3 WHERE id = '${id}'`);
  await tamper(`UPDATE coupon_uses SET used = 2 WHERE coupon_id = '${id}'`);
  await tamper(`INSERT INTO referrals (invitee_id, referrer_id, status) VALUES ('usr_2', 'usr_1', 'REWARDED')`);
  const upper = code.toUpperCase();
  expect(await findings()).toEqual([
    `the counts of a coupon are those of its uses: ${upper} has 1 reserved, 3 redeemed, 200 off, not 1 reserved, 0 redeemed, 200 off`,
    `a customer has used a coupon as often as there are uses: ${id} of usr_1 has 2, not 1`,
    'a referral has its two rewards once it is rewarded, and keeps none that were taken back: usr_2 has 0, not 2',
  ]);
});

test('the seed has coupons of every status, and adds none twice', async () => {
  for (let time = 1; time <= 2; time += 1) await seed({ databaseUrl });
  const { edges = [] } = await list({ first: 100 }, user('usr_admin', ['coupons:write']));
  const seeded = edges.map(({ node }) => node).filter(({ code }) => !/^[0-9A-F]{30}$/.test(code));
  expect(seeded).toHaveLength(11);
  expect(new Set(seeded.map(({ status }) => status))).toEqual(
    new Set(['ACTIVE', 'SCHEDULED', 'EXHAUSTED', 'EXPIRED', 'DISABLED']),
  );
});

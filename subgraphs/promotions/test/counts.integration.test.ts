import { openPlainClient, type SqlTransaction } from '@marquee/database';
import type { DomainEvent, HandleMany } from '@marquee/events';
import { expect, test } from 'vitest';

import { CouponCountRepository } from '../src/adapters/coupon-counts.ts';
import { audit } from '../src/audit.ts';
import { handlers } from '../src/events.ts';
import { seed } from '../src/seed.ts';
import { heldSale, openPromotions, user } from './harness.ts';
import { operationsOf } from './operations.ts';
import { countsOf, race, sales, type Status, tell } from './uses.ts';

const harness = await openPromotions();
const { database, databaseUrl } = harness;
const { made, reserve, list } = operationsOf(harness);

test('what is counted beside the sale equals a recount, also while several processes add it up', async () => {
  const { id, code } = await made({ organisationId: 'org_1' });
  const paid = sales(12);
  const counts = new CouponCountRepository(harness.database);
  await Promise.all([race(reserve, code, paid), counts.addUp(), counts.addUp()]);
  await Promise.all([...paid.map((sale) => tell(harness, sale, id, 'CONFIRMED')), counts.addUp(), counts.addUp()]);
  expect(await countsOf(harness, id)).toEqual({ reserved: 0, redeemed: 12, amount: 2_400 });
  expect(await counts.count()).toBe(0);
  expect(await audit(harness.database).next()).toMatchObject({ done: true });
});

const consuming = handlers({ rewardReversalDays: 60 });

/** Handles events of many bookings with a coupon, each with all statuses. */
function follow(statuses: readonly Status[], holdIds: readonly string[], tx: SqlTransaction): Promise<void> {
  const { many } = consuming['booking.coupon-changed'] as HandleMany<'booking.coupon-changed'>;
  const events = statuses.flatMap((status) =>
    holdIds.map((holdId) => ({ payload: { bookingId: holdId, holdId, customerId: '', couponId: '', status } })),
  );
  return many(events as unknown as DomainEvent<'booking.coupon-changed'>[], tx);
}

/** @returns how many statements the work sends */
async function statementsOf(work: (tx: SqlTransaction) => Promise<void>): Promise<number> {
  let sent = 0;
  await database.$sqlTransaction((tx) =>
    work({
      $queryRaw: (...query) => ((sent += 1), tx.$queryRaw(...query)),
      $executeRaw: (...query) => ((sent += 1), tx.$executeRaw(...query)),
    }),
  );
  return sent;
}

const thousand = Array.from({ length: 1_000 }, (_, n) => n + 1);

test('a thousand bookings with a coupon are followed by two statements', async () => {
  const { id } = await made({ redemptionLimit: 2_000, perUserLimit: 1 });
  await database.$executeRaw`
    INSERT INTO coupon_redemptions (hold_id, coupon_id, customer_id, status, amount, currency, first_booking_only, reserved_at)
    SELECT 'lon_hld_' || n, ${id}, 'usr_' || n, 'RESERVED', 100, 'GBP', false, now() FROM generate_series(1, 1000) AS n`;
  const holds = thousand.map((n) => `lon_hld_${n}`);
  expect(await statementsOf((tx) => follow(['CONFIRMED'], holds, tx))).toBe(2);
  expect(await countsOf(harness, id)).toEqual({ reserved: 0, redeemed: 1_000, amount: 100_000 });
  await statementsOf((tx) => follow(['CANCELLED'], holds, tx));
  expect(await countsOf(harness, id)).toEqual({ reserved: 0, redeemed: 0, amount: 0 });
});

test('a thousand refunds are one statement, and two more when somebody was invited', async () => {
  const { many } = consuming['payment.refunded'] as HandleMany<'payment.refunded'>;
  const refunds = thousand.map((n) => ({
    payload: { bookingId: 'lon_bkg_1', customerId: `usr_invited_${n}`, paymentId: `pay_${n}`, left: { amount: 0 } },
  })) as unknown as DomainEvent<'payment.refunded'>[];
  expect(await statementsOf((tx) => many(refunds, tx))).toBe(1);
  await database.$executeRaw`
    INSERT INTO referrals (invitee_id, referrer_id, status, attended_at, paid_by)
    SELECT 'usr_invited_' || n, 'usr_referrer', 'DUE', now(),
      CASE WHEN n <= 500 THEN jsonb_build_object('pay_' || n, 5) ELSE jsonb_build_object('pay_' || n, 5, 'pay_other', 5) END
    FROM generate_series(400, 600) AS n`;
  expect(await statementsOf((tx) => many(refunds, tx))).toBe(3);
  const left = (status: 'DUE' | 'PENDING') =>
    database.referral.count({ where: { referrerId: 'usr_referrer', status } });
  expect([await left('PENDING'), await left('DUE')]).toEqual([101, 100]);
});

/** Two processes that follow bookings with two coupons, in opposite orders. @returns whether neither had to be undone */
async function followCrosswise(inParts: boolean): Promise<boolean> {
  const coupons = [await made({ redemptionLimit: 9 }), await made({ redemptionLimit: 9 })];
  const [one, two] = [
    [heldSale(), heldSale()],
    [heldSale(), heldSale()],
  ].map((of) => of.map(({ holdId }) => holdId));
  for (const holds of [one, two]) {
    for (const [n, { code }] of coupons.entries()) await reserve(code, heldSale({ holdId: holds?.[n] ?? '' }));
  }
  let meet = (): void => undefined;
  const met = new Promise<void>((resolve) => (meet = resolve));
  let begun = 0;
  const run = async (holds: readonly string[]): Promise<void> => {
    const client = await openPlainClient(harness.databaseUrl);
    try {
      await client.$sqlTransaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL deadlock_timeout = '10ms'`;
        if (!inParts) return follow(['CONFIRMED'], holds, tx);
        await follow(['CONFIRMED'], holds.slice(0, 1), tx);
        if (++begun === 2) meet();
        await met;
        await follow(['CONFIRMED'], holds.slice(1), tx);
      });
    } finally {
      await client.close();
    }
  };
  const outcomes = await Promise.allSettled([run(one ?? []), run(two?.toReversed() ?? [])]);
  return outcomes.every(({ status }) => status === 'fulfilled');
}

test('what changes uses of several coupons never waits in a circle; control: coupon by coupon it does', async () => {
  for (let time = 1; time <= 5; time += 1) expect(await followCrosswise(false)).toBe(true);
  expect(await followCrosswise(true)).toBe(false);
});

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
  const { id, code } = await made({ perUserLimit: 5 });
  await reserve(code, heldSale({ customerId: 'usr_1' }));
  expect(await findings()).toEqual([]);
  await tamper(`UPDATE coupons SET redeemed_count = 3 WHERE id = '${id}'`);
  await tamper(`UPDATE coupon_uses SET used = 2 WHERE coupon_id = '${id}'`);
  await tamper(`INSERT INTO referrals (invitee_id, referrer_id, status) VALUES ('usr_2', 'usr_1', 'REWARDED')`);
  const upper = code.toUpperCase();
  expect(await findings()).toEqual([
    `the counts of a coupon, with the changes that wait, are those of its uses: ${upper} has 1 reserved, 3 redeemed, 200 off, not 1 reserved, 0 redeemed, 200 off`,
    `a customer has used a coupon with a limit for each as often as there are uses: ${id} of usr_1 has 2, not 1`,
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
  const redeemed = async (code: string) => (await countsOf(harness, `cou_seed_${code}`)).redeemed;
  expect(await Promise.all(['earlybird', 'london5'].map(redeemed))).toEqual([2, 5]);
  expect(await Promise.all(['diwali-2026', 'marquee10'].map(redeemed))).toEqual([13, 8]);
  const early = await database.$queryRaw`
    SELECT FROM coupon_redemptions JOIN coupons ON coupons.id = coupon_id
    WHERE hold_id LIKE '%_hld_seed%' AND (redeemed_at > now() OR redeemed_at NOT BETWEEN starts_at AND ends_at)`;
  expect(early).toEqual([]);
});

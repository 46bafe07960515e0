import { randomUUID } from 'node:crypto';
import { connect, type SqlTransaction } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-ads';
import { newId } from '@marquee/subgraph';
import { eventually, whenDone } from '@marquee/testkit';
import { beforeEach, expect, test } from 'vitest';

import { AdEventRepository } from '../src/adapters/ad-events.ts';
import { PlacementRepository } from '../src/adapters/placements.ts';
import { UnseenPlacementRepository } from '../src/adapters/unseen-placements.ts';
import { audit } from '../src/audit.ts';
import { eur, openAds, operationsOf } from './harness.ts';

const harness = await openAds();
const { running } = operationsOf(harness);
const { database } = harness;
const AT_ONCE = 20;
/** A connection for each of those that race. */
const crowd = connect(PrismaClient, { url: harness.databaseUrl, poolSize: AT_ONCE });
whenDone(() => crowd.$disconnect());

const rowOf = (id: string) => database.campaign.findUniqueOrThrow({ where: { id } });

/** The same client, whose statements lack what they have to hold a limit: for the control of a race. */
function without(text: string, client: SqlTransaction): SqlTransaction {
  const cut = (query: unknown) =>
    Array.isArray(query)
      ? Object.assign(
          query.map((part: string) => part.replace(text, '')),
          { raw: query },
        )
      : query;
  return {
    $queryRaw: (query, ...values) => client.$queryRaw(cut(query) as TemplateStringsArray, ...values),
    $executeRaw: (query, ...values) => client.$executeRaw(cut(query) as TemplateStringsArray, ...values),
  };
}

const dropped: string[] = [];
/** Takes a constraint away until the test ends. */
async function drop(name: string, table = 'campaigns'): Promise<void> {
  const [row] = await database.$queryRawUnsafe<{ definition: string }[]>(
    `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = '${name}'`,
  );
  await database.$executeRawUnsafe(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  dropped.push(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${row?.definition} NOT VALID`);
}
beforeEach(async () => {
  for (const statement of dropped.splice(0)) await database.$executeRawUnsafe(statement);
});

/** Begins all while a campaign is locked, so that each has read before any writes. */
async function race<Result>(
  campaignId: string,
  work: (() => Promise<Result>)[],
): Promise<PromiseSettledResult<Result>[]> {
  let begun: Promise<PromiseSettledResult<Result>[]> = Promise.resolve([]);
  await database.$sqlTransaction(async (tx) => {
    await tx.$executeRaw`UPDATE campaigns SET clicks = clicks WHERE id = ${campaignId}`;
    begun = Promise.allSettled(work.map((each) => each()));
    await eventually(async () => {
      const [row] = await database.$queryRaw<{ waits: number }[]>`
        SELECT count(*)::int AS waits FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      expect(row?.waits).toBe(work.length);
    });
  });
  return begun;
}

/** Reserves places of 0.4 cents for many at once. */
function reserveMany(campaignId: string, client: SqlTransaction, viewerKey?: string) {
  const placements = new PlacementRepository(client, 30);
  const one = () =>
    placements.reserve([{ id: randomUUID(), campaignId, viewerKey: viewerKey ?? newId('vis'), priceMilli: 400 }]);
  return race(
    campaignId,
    Array.from({ length: AT_ONCE }, () => one),
  );
}

const LOCK = 'ORDER BY id FOR NO KEY UPDATE';
const campaignOf = async (fields: object) => (await running({ bidPerThousand: eur(400), ...fields })).id;

test('a budget is never overspent, however many places are won at once', async () => {
  const id = await campaignOf({ budget: eur(2) });
  await reserveMany(id, crowd);
  expect(await rowOf(id)).toMatchObject({ reservedMilli: 2_000n });
  expect(await database.placement.count({ where: { campaignId: id } })).toBe(5);
});

test('a daily cap is never overspent, however many places are won at once', async () => {
  const id = await campaignOf({ budget: eur(100), dailyCap: eur(3) });
  await reserveMany(id, crowd);
  expect(await rowOf(id)).toMatchObject({ reservedMilli: 2_800n, dayMilli: 2_800n });
});

test.each([
  ['budget', 'campaigns_within_budget', { budget: eur(2) }],
  ['daily cap', 'campaigns_within_daily_cap', { budget: eur(100), dailyCap: eur(2) }],
])(
  'control: without its lock the same race overspends the %s, unless the constraint stops it',
  async (_what, name, fields) => {
    const held = await campaignOf(fields);
    const outcomes = await reserveMany(held, without(LOCK, crowd));
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect((await rowOf(held)).reservedMilli).toBeLessThanOrEqual(2_000n);
    await drop(name);
    const id = await campaignOf(fields);
    await reserveMany(id, without(LOCK, crowd));
    expect((await rowOf(id)).reservedMilli).toBeGreaterThan(2_000n);
  },
);

test('nobody sees a campaign more often than its frequency cap, however many feeds they open at once', async () => {
  const id = await campaignOf({ frequencyCapPerDay: 3 });
  await reserveMany(id, crowd, 'vis_eager');
  expect(await database.placement.count({ where: { campaignId: id } })).toBe(3);
  expect(await rowOf(id)).toMatchObject({ reservedMilli: 1_200n });
});

test('control: without its condition the same race shows it to them each time', async () => {
  const id = await campaignOf({ frequencyCapPerDay: 3 });
  await drop('campaign_views_within_cap', 'campaign_views');
  await reserveMany(id, without('WHERE view.shown < view.frequency_cap', crowd), 'vis_eager');
  expect(await database.placement.count({ where: { campaignId: id } })).toBe(AT_ONCE);
});

/** A place that was won, and its impression from several processes at once. */
async function countAtOnce(client: (tx: SqlTransaction) => SqlTransaction) {
  const campaignId = await campaignOf({});
  const id = randomUUID();
  await new PlacementRepository(database, 30).reserve([{ id, campaignId, viewerKey: 'vis_1', priceMilli: 400 }]);
  const seen = [{ id, impressionAt: new Date().toISOString(), clickAt: new Date().toISOString() }];
  await race(
    campaignId,
    Array.from(
      { length: 5 },
      () => () => crowd.$sqlTransaction((tx) => new AdEventRepository(client(tx)).record(seen)),
    ),
  );
  return rowOf(campaignId);
}

test('an impression that several processes count at once is counted once', async () => {
  expect(await countAtOnce((tx) => tx)).toMatchObject({
    impressions: 1n,
    clicks: 1n,
    spentMilli: 400n,
    reservedMilli: 0n,
  });
});

test('control: without the lock it is counted by each', async () => {
  await drop('campaigns_amounts');
  expect(await countAtOnce((tx) => without(LOCK, tx))).toMatchObject({ impressions: 5n });
});

test('an impression that comes while its placement is released is counted and paid, or was released, and the books agree', async () => {
  const campaignId = await campaignOf({ budget: eur(100) });
  const ids = Array.from({ length: 30 }, () => randomUUID());
  await new PlacementRepository(database, 30).reserve(
    ids.map((id) => ({ id, campaignId, viewerKey: newId('vis'), priceMilli: 400 })),
  );
  const impressionAt = new Date(Date.now() - 3_600_000).toISOString();
  await database.$executeRaw`
    UPDATE placements SET expires_at = now() - interval '10 minutes' WHERE campaign_id = ${campaignId}`;
  const seen = ids.slice(0, 20).map((id) => ({ id, impressionAt, clickAt: null }));
  const count = () => crowd.$sqlTransaction((tx) => new AdEventRepository(tx).record(seen));
  await race<unknown>(campaignId, [() => new UnseenPlacementRepository(crowd).release(), count]);
  expect(await rowOf(campaignId)).toMatchObject({
    impressions: 20n,
    spentMilli: 8_000n,
    reservedMilli: 0n,
    dayMilli: 8_000n,
  });
  const lines: string[] = [];
  for await (const line of audit(database)) if (line.includes(campaignId)) lines.push(line);
  expect(lines).toEqual([]);
});

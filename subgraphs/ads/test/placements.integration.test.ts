import { newId } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { BidderRepository } from '../src/adapters/bidders.ts';
import { PacingRepository } from '../src/adapters/pacing.ts';
import { SettlementRepository } from '../src/adapters/settlements.ts';
import { UnseenPlacementRepository } from '../src/adapters/unseen-placements.ts';
import { audit } from '../src/audit.ts';
import { parseRates } from '../src/domain/euro-rates.ts';
import { paceCampaigns } from '../src/use-cases/pace-campaigns.ts';
import { adEvent, CITY, eur, feed, inDays, openAds, operationsOf, user } from './harness.ts';

const harness = await openAds();
const { create, place, read, running, set } = operationsOf(harness);
const { database, deliver, execute, others, statements } = harness;
const unseen = new UnseenPlacementRepository(database);

/** A city of the test's own, so that no other test's campaign bids there. */
function city(): string {
  const id = newId('cty');
  others.cities.add(id);
  return id;
}

const record = (...events: ReturnType<typeof adEvent>[]) => deliver('activity.ad-events-recorded', { events });
const click = (token: string, change: object = {}) => adEvent(token, { kind: 'CLICK', ...change });

async function tokenIn(cityId: string, viewerKey = newId('vis')): Promise<string> {
  const [ad] = await place({ cityId, viewerKey });
  if (!ad) throw new Error('no ad won');
  return ad.impressionToken;
}

const rowOf = (id: string) => database.campaign.findUniqueOrThrow({ where: { id } });

async function faults(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of audit(database)) lines.push(line);
  return lines;
}

/** Makes placements of a campaign as old as those whose impression did not come. */
const expire = (campaignId: string) => database.$executeRaw`
  UPDATE placements SET expires_at = now() - interval '10 minutes' WHERE campaign_id = ${campaignId}`;

test('the highest bid of a city wins its first place at the price of the second, by two statements for many feeds', async () => {
  const [cityId, elsewhere] = [city(), city()];
  const cityIds = [cityId];
  const low = await running({ cityIds, headline: 'low', bidPerThousand: eur(300) });
  const high = await running({ cityIds, headline: 'high', bidPerThousand: eur(900) });
  await running({ cityIds: [elsewhere], headline: 'elsewhere', bidPerThousand: eur(2_000) });
  expect(await place({ cityId, slots: 3 })).toMatchObject([
    { headline: 'high', titleId: 'ttl_1' },
    { headline: 'low' },
  ]);
  expect(await rowOf(high.id)).toMatchObject({ reservedMilli: 300n, dayMilli: 300n });
  expect(await rowOf(low.id)).toMatchObject({ reservedMilli: 100n });
  const sent = await statements.during(async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => place({ cityId })));
    expect(all.flat()).toHaveLength(30);
  });
  expect(sent.filter((sql) => /campaign/.test(sql))).toHaveLength(2);
});

test('only feed asks for places, and for as many as there can be', async () => {
  expect(await place({}, user('usr_1', ['campaigns:write', 'users:write']))).toMatchObject({ code: 'FORBIDDEN' });
  expect(await place({}, { kind: 'service', name: 'search' })).toMatchObject({ code: 'FORBIDDEN' });
  for (const slots of [0, 11, -1])
    expect(await place({ slots })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'slots' });
});

test('a campaign is in feeds from its start to its end, while it is active', async () => {
  const cityId = city();
  const cityIds = [cityId];
  const early = await running({ cityIds, startsAt: inDays(1), endsAt: inDays(2) });
  const { id, caller } = await running({ cityIds });
  const draft = await create(caller, { cityIds });
  const winners = async () => {
    await place({ cityId, slots: 5 });
    const placed = await database.placement.findMany({
      where: { campaignId: { in: [early.id, id, draft.campaign?.id ?? ''] } },
    });
    return placed.map(({ campaignId }) => campaignId);
  };
  expect(await winners()).toEqual([id]);
  await set(caller, id, 'PAUSED');
  expect(await winners()).toEqual([id]);
  await set(caller, id, 'ACTIVE');
  expect(await winners()).toEqual([id, id]);
  // Of another process, which has kept that it bids.
  await database.campaign.update({ where: { id }, data: { state: 'ENDED' } });
  expect(await winners()).toEqual([id, id]);
});

test('an impression is counted and paid once, whatever is sent again, and its report equals the raw events', async () => {
  const cityId = city();
  const { id, caller } = await running({ cityIds: [cityId], bidPerThousand: eur(2_500) });
  await running({ cityIds: [cityId], bidPerThousand: eur(1_250) });
  const tokens = await Promise.all(Array.from({ length: 5 }, () => tokenIn(cityId)));
  const [first = '', second = '', third = '', fourth = ''] = tokens;
  await record(adEvent(first), adEvent(first), adEvent(second), adEvent(third, { suspicious: true }));
  await record(adEvent(first), click(first), click(first), click(third), adEvent('forged'), click(fourth));
  await record(click(second), click(second, { at: inDays(2) }));
  expect(await rowOf(id)).toMatchObject({ spentMilli: 2_500n, reservedMilli: 3_750n, impressions: 2n, clicks: 2n });
  const today = new Date().toISOString().slice(0, 10);
  expect(await read(caller, id)).toMatchObject({
    ...{ impressions: 2, clicks: 2, clickThroughRate: 1, spent: { amount: 2 } },
    dailySpend: [{ date: today, spent: { amount: 2 }, impressions: 2, clicks: 2 }],
  });
  expect(await faults()).toEqual([]);
});

test('a click that comes before its impression counts with it, and one without an impression never', async () => {
  const cityId = city();
  const { id } = await running({ cityIds: [cityId] });
  const [seen, unseenToken] = [await tokenIn(cityId), await tokenIn(cityId)];
  await record(click(seen), click(unseenToken));
  expect(await rowOf(id)).toMatchObject({ clicks: 0n, impressions: 0n });
  await record(adEvent(seen));
  expect(await rowOf(id)).toMatchObject({ clicks: 1n, impressions: 1n });
  expect(await faults()).toEqual([]);
});

test('what nobody saw in time is released, and its viewer may see the campaign once more', async () => {
  const cityId = city();
  const { id } = await running({ cityIds: [cityId], frequencyCapPerDay: 1 });
  const viewerKey = newId('vis');
  const token = await tokenIn(cityId, viewerKey);
  expect(await place({ cityId, viewerKey })).toEqual([]);
  await unseen.release();
  expect(await rowOf(id)).toMatchObject({ reservedMilli: 100n });
  await expire(id);
  expect(await unseen.count()).toBeGreaterThan(0);
  await unseen.release();
  expect(await unseen.count()).toBe(0);
  expect(await rowOf(id)).toMatchObject({ reservedMilli: 0n, dayMilli: 0n });
  expect(await place({ cityId, viewerKey })).toHaveLength(1);
  await record(adEvent(token));
  expect(await rowOf(id)).toMatchObject({ impressions: 0n, spentMilli: 0n });
});

test('an impression in time whose event comes after the release costs what can still be paid, or nothing', async () => {
  const cityId = city();
  const { id } = await running({ cityIds: [cityId], budget: eur(1), dailyCap: eur(1), bidPerThousand: eur(400) });
  await running({ cityIds: [cityId], bidPerThousand: eur(399) });
  const late = [await tokenIn(cityId), await tokenIn(cityId)];
  await expire(id);
  await unseen.release();
  await eventually(async () => {
    await tokenIn(cityId);
    expect(await rowOf(id)).toMatchObject({ reservedMilli: 399n });
  });
  const at = new Date(Date.now() - 3_600_000).toISOString();
  await record(...late.map((token) => adEvent(token, { at })));
  // Of 1,000, 399 are reserved anew: one of the two is paid, the other was shown for nothing.
  expect(await rowOf(id)).toMatchObject({ impressions: 2n, spentMilli: 399n, reservedMilli: 399n, dayMilli: 798n });
  expect(await faults()).toEqual([]);
});

test('spend is settled in whole minor units, and what is left waits for the next time', async () => {
  const cityId = city();
  const { id, organisationId } = await running({ cityIds: [cityId], bidPerThousand: eur(900) });
  await running({ cityIds: [cityId], bidPerThousand: eur(600) });
  const settlements = new SettlementRepository(database);
  const settled = async () => {
    await Promise.all([settlements.settle(), settlements.settle()]);
    const events = await database.outboxEvent.findMany({
      where: { type: 'ads.spend-settled', key: id },
      orderBy: { seq: 'asc' },
    });
    return events.map(({ payload }) => payload);
  };
  await record(adEvent(await tokenIn(cityId)));
  expect(await settled()).toEqual([]);
  await record(adEvent(await tokenIn(cityId)), adEvent(await tokenIn(cityId)));
  const first = { campaignId: id, organisationId, amount: eur(1), impressions: 3 };
  expect(await settled()).toMatchObject([first]);
  await record(adEvent(await tokenIn(cityId)));
  expect(await settled()).toMatchObject([first, { ...first, impressions: 1 }]);
  expect(await rowOf(id)).toMatchObject({ spentMilli: 2_400n, settled: 2n });
  expect(await settlements.count()).toBe(0);
  expect(await faults()).toEqual([]);
});

test('a campaign that is ahead of its time slows down, and two processes pace it once', async () => {
  const cityId = city();
  const { id } = await running({ cityIds: [cityId], budget: eur(100), bidPerThousand: eur(500) });
  const pacing = new PacingRepository(database);
  await paceCampaigns({ pacing });
  for (let index = 0; index < 10; index += 1) await tokenIn(cityId);
  await database.$executeRaw`UPDATE campaigns SET paced_at = paced_at - interval '5 seconds' WHERE id = ${id}`;
  await Promise.all([paceCampaigns({ pacing }), paceCampaigns({ pacing })]);
  expect(await rowOf(id)).toMatchObject({ pace: 0.5, pacedMilli: 1_000n });
});

test('bids of a currency without a rate any more take no part', async () => {
  const cityId = city();
  await running({ cityIds: [cityId] });
  const options = { rates: parseRates('GBP=1.14') ?? new Map(), now: () => new Date(), random: () => 0.5 };
  expect(await new BidderRepository(database, options).of(cityId)).toEqual([]);
});

test('what a person was shown is in their export, and gone with their account', async () => {
  const cityId = city();
  const { id } = await running({ cityIds: [cityId], frequencyCapPerDay: 3 });
  const userId = newId('usr');
  await tokenIn(cityId, userId);
  const held = async () => {
    const { data } = await execute(`{ personalData(userId: "${userId}") }`, { kind: 'service', name: 'accounts' });
    return JSON.parse((data as { personalData: string }).personalData) as object;
  };
  expect(await held()).toMatchObject({ adsShown: [{ times: 1 }], adsToBeSeen: [{ headline: 'The film of the year' }] });
  await deliver('account.erased', { userId });
  await deliver('account.erased', { userId });
  expect(await held()).toMatchObject({ adsShown: [], adsToBeSeen: [] });
  await expire(id);
  await unseen.release();
  expect(await faults()).toEqual([]);
});

test('a feed in a city without campaigns has no ads', async () => {
  expect(await place({ cityId: CITY }, feed)).toBeInstanceOf(Array);
  expect(await place({ cityId: 'cty_nowhere-1' }, feed)).toEqual([]);
});

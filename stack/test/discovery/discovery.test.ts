import { randomUUID } from 'node:crypto';
import { databaseOutage, eventually, type FreezableProxy, startProxy, testRedis } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { chooseSeats } from '../../src/demo/choose-show.ts';
import { expectEntries } from '../audit-log/expect-entries.ts';
import { expectAnswers } from '../people/answers.ts';
import { CAMPAIGNS } from '../people/campaigns.ts';
import { tableOf } from '../people/table.ts';
import { openWorld, REGISTERED, type World } from '../people/world.ts';
import { CITY, feed, found, TITLE } from './asking.ts';
import { FINDING, tracked } from './finding.ts';
import { openProgramme } from './programme.ts';
import { RISK } from './risk.ts';

/** In the order in which they are sent. */
const ROWS = Object.entries({ ...FINDING, ...CAMPAIGNS, ...RISK });
const FILES: ReadonlySet<string> = new Set(['storefront/discovery', 'backoffice/insight']);
const NAMES = /Campaign|TrackEvents|MyHistory/;
/** They are about reviews and bookings, and have tests there. */
const OF_OTHERS: ReadonlySet<string> = new Set(['ReplyToReview', 'SalesReport']);
/** Reports cost much of what a caller may ask for in a minute. */
const AT_EASE = { everyMs: 250, timeoutMs: 10_000 };

let world: World;
let redis: FreezableProxy;

beforeAll(async () => {
  const shared = testRedis();
  redis = await startProxy(shared.url);
  world = await openWorld({ redis: { ...shared, url: redis.url } });
  await openProgramme(world);
  await isFound(TITLE);
}, 120_000);
afterAll(async () => {
  await world?.marketplace.stop();
  redis?.stop();
});

async function isFound(text: string): Promise<void> {
  await eventually(async () => {
    if (!(await found(world, text))) throw new Error(`${text} is not found yet`);
  }, AT_EASE);
}

test.each(ROWS)('%s: bad input and callers who may not are refused, who may is served', (name, row) =>
  expectAnswers(world, name, row),
);

test('every registered operation of discovery has a row', () => {
  const names = [...REGISTERED.values()].flatMap(({ name, file }) => (FILES.has(file) || NAMES.test(name) ? name : []));
  const expected = names.filter((name) => !OF_OTHERS.has(name));
  expect(expected.toSorted()).toEqual(ROWS.map(([name]) => name).toSorted());
});

test('the table of all rows is as reviewed', async () => {
  await expect(tableOf(ROWS)).toMatchFileSnapshot('discovery.txt');
});

test('a decision on a case of risk is in the audit log', async () => {
  await expectEntries(world.marketplace, ['decideRiskCase']);
});

test('whoever is blocked holds no seats, and hears what to do', async () => {
  const { showId } = world.marketplace;
  const seatIds = (await chooseSeats(world.client('guest'), showId, 1)).map(({ id }) => id);
  await eventually(async () => {
    const input = { showId, seatIds, idempotencyKey: randomUUID() };
    const { holdSeats } = await world.send('guest', 'HoldSeats', { input });
    expect(holdSeats).toMatchObject({
      __typename: 'AccountRestrictedError',
      message: expect.stringContaining('support'),
    });
  }, AT_EASE);
});

/** Events a second apart, the last one a second ago. */
const events = (...names: string[]) =>
  names.map((name, index) => {
    const at = new Date(Date.now() - 1_000 * (names.length - index)).toISOString();
    return tracked({ name, at, titleId: world.titleId, ...CITY });
  });
const track = (sent: readonly object[]) => world.send('anonymous', 'TrackEvents', { events: sent });

test('a sponsored card that is seen and followed is counted once, however often a client says so', async () => {
  const impressionToken = await eventually(async () => {
    const tokens = (await feed(world)).cards.flatMap((card) => card.impressionToken ?? []);
    expect(tokens).not.toEqual([]);
    return tokens[0];
  });
  for (const name of ['ad_impression', 'ad_click', 'ad_impression', 'ad_click'])
    await track([tracked({ name, impressionToken })]);
  await eventually(async () => {
    const { campaign } = await world.send('advertiser', 'CampaignReport', { campaignId: world.kept.get('campaignId') });
    expect(campaign).toMatchObject({ impressions: 1, clicks: 1, clickThroughRate: 1 });
  }, AT_EASE);
});

test('what a customer did is in their history and in the traffic of the minute', async () => {
  await eventually(async () => {
    const { viewer } = await world.send('customer', 'MyHistory', { first: 5 });
    const { edges } = (viewer as { history: { edges: { node: { kind: string } }[] } }).history;
    expect(edges.map(({ node }) => node.kind)).toEqual(expect.arrayContaining(['VIEW', 'SEARCH']));
  }, AT_EASE);
  const { liveTraffic } = await world.send('analyst', 'LiveTraffic', { minutes: 10 });
  const visitors = (liveTraffic as { visitors: number }[]).map((minute) => minute.visitors);
  expect(Math.max(...visitors)).toBeGreaterThan(0);
});

test('while catalog is away, search and the feed answer from what they have, without its details', async () => {
  const restore = await databaseOutage({ url: world.marketplace.databaseUrl('catalog') });
  expect((await found(world, TITLE))?.highlight).toContain('<mark>');
  const { cards, missing } = await feed(world);
  expect([cards.length > 0, [...missing]]).toEqual([true, ['catalog']]);
  await restore();
});

test('while booking is away, search and the feed answer whole', async () => {
  const restore = await databaseOutage({ url: world.marketplace.databaseUrl('booking') });
  await expectWhole();
  await restore();
});

test('while Redis is away, search and the feed answer whole, and events are accepted', async () => {
  const restore = redis.cut();
  await expectWhole();
  expect(await track(events('title_view'))).toEqual({ trackEvents: { accepted: 1, duplicates: 0 } });
  restore();
});

async function expectWhole(): Promise<void> {
  expect((await found(world, TITLE))?.node).toMatchObject({ name: TITLE });
  const { cards, missing } = await feed(world);
  expect([cards.length > 0, [...missing]]).toEqual([true, []]);
}

test('events are accepted while their database is away, and counted once when it is back', async () => {
  const restore = await databaseOutage({ url: world.marketplace.databaseUrl('activity') });
  const steps = ['checkout_start', 'search_click'];
  const from = new Date(Date.now() - 5_000).toISOString();
  const visitorId = randomUUID();
  const sent = events(...steps).map((event) => ({ ...event, visitorId }));
  expect(await track(sent)).toEqual({ trackEvents: { accepted: 2, duplicates: 0 } });
  await restore();
  await track(sent);
  await eventually(async () => {
    const to = new Date(Date.now() + 60_000).toISOString();
    const { eventFunnel } = await world.send('analyst', 'EventFunnel', { from, to, steps });
    expect(eventFunnel).toMatchObject({ steps: [{ visitors: 1 }, { visitors: 1 }] });
  }, AT_EASE);
});

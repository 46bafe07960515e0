import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaClient } from '@marquee/prisma-activity';
import { connect } from '@marquee/database';
import { databaseOutage, eventually, testDatabase, testFolder, whenDone } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { SegmentFolder } from '../src/adapters/event-log/segment-folder.ts';
import { SegmentWriter } from '../src/adapters/event-log/segment-writer.ts';
import { EventStore } from '../src/adapters/event-store.ts';
import { copyLines } from '../src/adapters/recording/copy-lines.ts';
import { ReportRepository } from '../src/adapters/reports.ts';
import type { TrackedEvent } from '../src/domain/tracked-event.ts';
import { openActivity, tracked } from './harness.ts';
import { funnelByHand, kept, recomputed } from './recomputation.ts';
import { trackedEvent } from './tracked-event.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NAMES = ['title_view', 'show_view', 'seat_map_view', 'search', 'checkout_start', 'scrolled'];

async function openStore() {
  const { url } = await testDatabase('activity');
  const database = connect(PrismaClient, { url });
  whenDone(() => database.$disconnect());
  const store = new EventStore(database);
  const load = (events: readonly TrackedEvent[], segmentId = randomUUID()) =>
    store.load(segmentId, [Buffer.from(copyLines(events))]);
  return { database, load, reports: new ReportRepository(database) };
}

/** Numbers in [0, 1), the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Events of some visitors in the last hours, in no order; some of them twice. */
function traffic(seed: number): TrackedEvent[] {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const visitors = Array.from({ length: 12 }, (_, index) => ({
    visitor: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    userId: index % 3 === 0 ? `usr_${index}` : null,
  }));
  const now = Date.now();
  return Array.from({ length: 1_200 }, () => {
    const name = pick(NAMES);
    const event = trackedEvent({
      ...pick(visitors),
      ...{ name, at: new Date(now - Math.floor(random() * 1_800) * MINUTE_MS - Math.floor(random() * MINUTE_MS)) },
      cityCode: pick(['lon', 'ams', null]),
      titleId: pick(['ttl_1', 'ttl_2', null]),
      searchText: name === 'search' ? 'a film' : null,
    });
    return event;
  });
}

test('after repeats, late events, restarts and loads at once, all that is counted is what a recount finds', async () => {
  const { database, load, reports } = await openStore();
  await database.suspect.create({ data: { actorId: 'usr_3' } });
  await database.eventName.create({ data: { code: 192, name: 'scrolled' } });
  const events = traffic(7);
  const parts = Array.from({ length: 5 }, (_, part) => ({
    id: randomUUID(),
    events: events.filter((_event, index) => index % 5 === part || index % 7 === part),
  }));
  // Each segment twice, by several processes, in some order: as after kills between a load and its deletion.
  await Promise.all(parts.flatMap(({ id, events: some }) => [load(some, id), load(some, id)]));
  for (const { events: some } of parts.slice(0, 3)) expect(await load(some)).toBe(0);
  expect(await database.$queryRaw`SELECT count(*)::int AS events FROM events`).toEqual([{ events: events.length }]);
  expect(await kept(database)).toEqual(await recomputed(database));
  expect((await database.session.findMany({ where: { cityCode: null } })).length).toBeGreaterThan(0);
  const steps = ['title_view', 'scrolled', 'search', 'checkout_start'];
  const period = { from: new Date(0), to: new Date(Date.now() + MINUTE_MS), cityCode: null };
  const found = await reports.funnel({ ...period, steps });
  expect(found).toEqual(funnelByHand(events, steps));
  expect(found.every((visitors) => visitors > 0)).toBe(true);
  expect(await reports.funnel({ ...period, steps: ['title_view', 'never_seen', 'search'] })).toEqual([found[0]]);
});

test('control: without the key of ids, a repeat counts twice', async () => {
  const { database, load } = await openStore();
  await database.$executeRaw`ALTER TABLE event_ids_even DROP CONSTRAINT event_ids_even_pkey`;
  await database.$executeRaw`ALTER TABLE event_ids_odd DROP CONSTRAINT event_ids_odd_pkey`;
  const event = trackedEvent();
  expect([await load([event]), await load([event])]).toEqual([1, 1]);
});

test('an id is known for a week and longer, and forgotten after two', async () => {
  const { database, load } = await openStore();
  const event = trackedEvent();
  await load([event]);
  await letAWeekPass(database);
  expect(await load([event])).toBe(0);
  await letAWeekPass(database);
  expect(await load([event])).toBe(1);
});

/** Makes what was loaded this week that of last week. */
async function letAWeekPass(database: Awaited<ReturnType<typeof openStore>>['database']): Promise<void> {
  const [even, odd] = [await database.eventIdEven.findMany(), await database.eventIdOdd.findMany()];
  await database.eventIdEven.deleteMany();
  await database.eventIdOdd.deleteMany();
  await database.eventIdEven.createMany({ data: odd });
  await database.eventIdOdd.createMany({ data: even });
  await database.eventIdWeek.updateMany({ data: { week: { decrement: 1 } } });
}

test('a name is counted apart once twenty networks send it within a day, and what one network invents is not', async () => {
  const { database, load } = await openStore();
  const [first, ...others] = Array.from({ length: 20 }, () => randomUUID()) as [string, ...string[]];
  const send = (name: string, networks: readonly string[]) =>
    load(networks.map((network) => trackedEvent({ name, network })));
  const known = async () =>
    (await database.eventName.findMany({ where: { code: { gte: 192 } } })).map(({ name }) => name);
  await load(Array.from({ length: 1_200 }, (_, index) => trackedEvent({ name: `name_${index}`, network: first })));
  expect(await database.eventNameProposal.count()).toBe(10);
  await send('spun', others);
  await database.eventNameProposal.updateMany({ data: { at: new Date(Date.now() - DAY_MS - MINUTE_MS) } });
  await send('zoomed', others);
  await send('zoomed', others);
  expect(await known()).toEqual([]);
  await send('spun', [first]);
  await send('zoomed', [first]);
  expect(await known()).toEqual(['zoomed']);
  const counted = await database.eventMinute.groupBy({ by: 'name', _sum: { events: true }, orderBy: { name: 'asc' } });
  expect(counted.map(({ name, _sum }) => [name, _sum.events])).toEqual([
    ['other', 1_200 + 19 + 38 + 1],
    ['zoomed', 1],
  ]);
});

test('of names that clients think of a thousand are counted apart, and of a visit a thousand events keep their order', async () => {
  const { database, load } = await openStore();
  const visitor = randomUUID();
  await database.$executeRaw`INSERT INTO event_names SELECT 192 + each, 'name_' || each FROM generate_series(1, 986) AS each`;
  const networks = Array.from({ length: 20 }, () => randomUUID());
  await load(networks.flatMap((network) => ['a_new', 'b_new'].map((name) => trackedEvent({ visitor, network, name }))));
  expect(await database.eventName.count()).toBe(1_000);
  expect(await database.eventName.findFirst({ where: { name: 'b_new' } })).toBeNull();
  await load(Array.from({ length: 1_160 }, () => trackedEvent({ visitor })));
  const [session] = await database.session.findMany();
  expect([session?.events, session?.marks.length]).toEqual([1_200, 1_000]);
});

test('ads that one visitor, or one network by many, looks at without an end are left out', async () => {
  const { database, load } = await openStore();
  const [office, farm, device] = [randomUUID(), randomUUID(), randomUUID()];
  const seen = (network: string, visitor: string) =>
    trackedEvent({ name: 'ad_impression', impressionToken: 'a-token', network, device, visitor });
  const [person, robot] = [randomUUID(), randomUUID()];
  await load([
    ...Array.from({ length: 300 }, () => seen(office, person)),
    ...Array.from({ length: 301 }, () => seen(office, robot)),
    ...Array.from({ length: 5_001 }, () => seen(farm, randomUUID())),
  ]);
  const left = await database.$queryRaw`
    SELECT visitor::text, count(*)::int AS ads FROM events WHERE NOT suspicious GROUP BY visitor`;
  expect(left).toEqual([{ visitor: person, ads: 300 }]);
});

test('no network makes anything popular without an end, and no other network’s visits are left out for it', async () => {
  const { database, load } = await openStore();
  const [farm, office] = [randomUUID(), randomUUID()];
  const now = Date.now();
  const views = (network: string, count: number) =>
    Array.from({ length: count }, (_, index) =>
      trackedEvent({ network, titleId: 'ttl_1', at: new Date(now - (index % 6) * DAY_MS), receivedAt: new Date(now) }),
    );
  const counted = () => database.$queryRaw`SELECT count(*)::int AS events FROM events WHERE NOT suspicious`;
  await load(views(farm, 20_000));
  expect(await counted()).toEqual([{ events: 20_000 }]);
  await load([...views(farm, 1), ...views(office, 1)]);
  expect(await counted()).toEqual([{ events: 20_001 }]);
});

test('what the database refuses keeps nobody else’s events from being loaded, and is put aside', async () => {
  const own = testFolder('activity');
  const { rows } = await openActivity({ settings: { folder: own } });
  const folder = new SegmentFolder(join(own, 'events'));
  const good = [trackedEvent(), trackedEvent()] as const;
  const writer = new SegmentWriter(folder);
  for (const event of [good[0], trackedEvent({ properties: 'no JSON' }), good[1]])
    await writer.append(Buffer.from(copyLines([event])));
  await writer.roll();
  await eventually(async () =>
    expect(await rows(`SELECT FROM events WHERE id IN ('${good[0].id}', '${good[1].id}')`)).toHaveLength(2),
  );
  await eventually(() => expect(readdirSync(folder.path)).toContainEqual(expect.stringMatching(/refused$/)));
});

test('while the database is away events are accepted, and loaded when it is back', async () => {
  const { track, databaseUrl, database } = await openActivity();
  const restore = await databaseOutage({ url: databaseUrl });
  const events = Array.from({ length: 30 }, () => tracked('title_view', { titleId: 'ttl_1' }));
  for (const event of events) expect(await track([event])).toEqual({ accepted: 1, duplicates: 0 });
  await restore();
  const count = () => database.$queryRaw`SELECT count(*)::int AS events FROM events`;
  await eventually(async () => expect(await count()).toEqual([{ events: 30 }]));
});

test('accepting asks the database nothing, and what is accepted is loaded when the process stops', async () => {
  const first = await openActivity({ start: false });
  const accepting = () => first.track([tracked('title_view'), tracked('search')]);
  expect(await first.statements.during(accepting)).toEqual([]);
  await first.subgraph.stop();
  expect(await first.rows('SELECT count(*)::int AS events FROM events')).toEqual([{ events: 2 }]);
});

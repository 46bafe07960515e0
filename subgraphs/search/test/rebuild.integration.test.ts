import { eventually, whenDone } from '@marquee/testkit';
import type { HarnessOptions } from '@marquee/testkit/harness';
import { expect, test } from 'vitest';

import { requestRebuild, rebuildProgress } from '../src/adapters/rebuild-requests.ts';
import { RebuildRepository } from '../src/adapters/rebuilds.ts';
import { sourceOf } from '../src/adapters/catalog.ts';
import { SlotRepository } from '../src/adapters/slots.ts';
import { StoredDocuments } from '../src/adapters/stored-documents.ts';
import { StoredShows } from '../src/adapters/stored-shows.ts';
import { StoredSignals } from '../src/adapters/stored-signals.ts';
import { indexed } from '../src/domain/document.ts';
import { titleDocument } from '../src/domain/facts.ts';
import { rebuildWhenAsked } from '../src/use-cases/rebuild.ts';
import { showsScheduled, titleChanged } from './facts.ts';
import { openSearch } from './harness.ts';

const TITLES = [titleChanged('ttl_1', 0, 'Blood Simple'), titleChanged('ttl_2', 0, 'Raising Arizona')];

/** Catalog and ratings; `onPage` runs when titles are read, before they are given. */
let onPage: () => Promise<void> = async () => undefined;
const calls: NonNullable<HarnessOptions['calls']> = {
  query: async (_subgraph, { query }) => {
    if (query.includes('SearchedRatings'))
      return { _entities: [{ id: 'ttl_1', rating: { score: 4.2, count: 3 } }, null] } as never;
    if (query.includes('SearchedTitles')) {
      const page = structuredClone(TITLES);
      await onPage();
      return { page } as never;
    }
    if (query.includes('SearchedVenues')) return { page: [] } as never;
    const { cityCode, timeZone, language, venue, title, shows } = showsScheduled('ttl_1', 'ams_shw_1');
    const show = {
      showId: 'ams_shw_1',
      version: 0,
      cancelled: false,
      cityCode,
      timeZone,
      language,
      venue,
      title,
      shows,
    };
    return { page: [show] } as never;
  },
};

const harness = await openSearch({ calls, start: false });
const { database, deliver, ids } = harness;
const slots = new SlotRepository(database);
const [documents, shows, signals] = [
  new StoredDocuments(database),
  new StoredShows(database),
  new StoredSignals(database),
];
const work = (): Promise<void> =>
  rebuildWhenAsked({
    rebuilds: new RebuildRepository(database),
    slots,
    source: sourceOf(calls),
    filling: {
      addDocuments: (given) => documents.add(given, 'BUILDING'),
      addShows: (given) => shows.add(given, 'BUILDING'),
      rate: (given) => signals.rate(given),
    },
  });
const rebuild = async (): Promise<void> => {
  const id = await requestRebuild(database);
  await work();
  expect(await rebuildProgress(database, id)).toMatchObject({ error: null, read: 3 });
};

test('a read model from nothing has titles, shows and ratings; what nobody knows any more is gone', async () => {
  await harness.add({ id: 'ttl_gone', name: 'Gone' });
  expect(await ids({ text: 'gone' })).toEqual(['ttl_gone']);
  await rebuild();
  expect(await ids({ text: 'gone' })).toEqual([]);
  expect(await ids({ text: '' })).toEqual(['ttl_1', 'ttl_2']);
  expect(await ids({ text: '', cityId: 'cty_ams' })).toEqual(['ttl_1']);
});

test('the present one serves while the next is filled, and what happens meanwhile is in the next', async () => {
  onPage = async () => {
    expect(await ids({ text: 'raising arizona' })).toEqual(['ttl_2']);
    await deliver('catalog.title-changed', titleChanged('ttl_2', 1, 'Fargo'));
    await deliver('catalog.title-changed', titleChanged('ttl_3', 0, 'Miller’s Crossing'));
    await deliver('booking.show-availability-changed', { showId: 'ams_shw_1', soldOut: true });
    expect(await ids({ text: 'fargo' })).toEqual(['ttl_2']);
  };
  await rebuild();
  expect(await ids({ text: 'fargo' })).toEqual(['ttl_2']);
  expect(await ids({ text: 'raising arizona' })).toEqual([]);
  expect(await ids({ text: 'millers crossing' })).toEqual(['ttl_3']);
  const [day] = await database.showDay.findMany({ where: { titleId: 'ttl_1', slot: await serving() } });
  expect(day?.lastOpenAt).toBeNull();
});

test('control: a change that goes to the present one alone is lost with it', async () => {
  onPage = async () => {
    const slot = await serving();
    await database.$executeRaw`UPDATE documents SET name = 'Lost', version = 9 WHERE slot = ${slot}::int2 AND id = 'ttl_2'`;
  };
  await rebuild();
  const document = await database.document.findFirstOrThrow({ where: { slot: await serving(), id: 'ttl_2' } });
  expect(document.name).toBe('Raising Arizona');
});

const changeIn = (name: string) => indexed(titleDocument(titleChanged('ttl_4', 0, name)) as never);

test('a rebuild begins after the changes under way, which could know nothing of it', async () => {
  expect(await begun((tx) => new StoredDocuments(tx).add([changeIn('Under way')]))).toEqual(['committed', 'begun']);
  await slots.abandon();
});

test('control: it does not wait for a change that has not said to which slots it goes', async () => {
  expect(await begun((tx) => tx.$queryRaw`SELECT slot FROM slots`)).toEqual(['begun', 'committed']);
  await slots.abandon();
});

/** In which order a change commits and a rebuild begins that comes while the change is under way. */
async function begun(
  change: (tx: Parameters<Parameters<typeof database.$sqlTransaction>[0]>[0]) => PromiseLike<unknown>,
) {
  const order: string[] = [];
  let commit = (): void => undefined;
  const held = new Promise<void>((resolve) => (commit = resolve));
  whenDone(() => commit());
  let begin: Promise<unknown> = Promise.resolve();
  const changed = database.$sqlTransaction(async (tx) => {
    await change(tx);
    begin = slots.begin().then(() => order.push('begun'));
    await eventually(async () => {
      const [waiting] = await database.$queryRaw<object[]>`
        SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      if (!waiting && order.length === 0) throw new Error('It has neither begun nor does it wait.');
    });
    commit();
    await held;
  });
  await changed.then(() => order.push('committed'));
  await begin;
  return order;
}

test('a rebuild that fails leaves what serves, says why, and the next one succeeds', async () => {
  onPage = () => Promise.reject(new Error('catalog is away'));
  const id = await requestRebuild(database);
  await expect(rebuild()).rejects.toThrow('catalog is away');
  expect(await rebuildProgress(database, id)).toMatchObject({ error: 'catalog is away' });
  expect(await ids({ text: 'raising arizona' })).toEqual(['ttl_2']);
  onPage = async () => undefined;
  await rebuild();
});

test('one that its process left is begun again', async () => {
  const id = await requestRebuild(database);
  await slots.begin();
  await database.$executeRaw`UPDATE rebuilds SET started_at = now(), read = 100 WHERE ended_at IS NULL`;
  await work();
  expect(await rebuildProgress(database, id)).toMatchObject({ error: null, read: 3 });
  expect(await ids({ text: 'blood simple' })).toEqual(['ttl_1']);
});

async function serving(): Promise<number> {
  return (await database.slot.findFirstOrThrow({ where: { state: 'SERVING' } })).slot;
}

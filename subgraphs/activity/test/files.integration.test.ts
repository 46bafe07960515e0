import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-activity';
import { testDatabase, testFolder, whenDone } from '@marquee/testkit';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { readParquet } from 'parquet-wasm/node';
import { expect, test } from 'vitest';

import { Archive } from '../src/adapters/archive.ts';
import { addDays, eventDays } from '../src/adapters/event-days.ts';
import { EventStore } from '../src/adapters/event-store.ts';
import { copyLines } from '../src/adapters/recording/copy-lines.ts';
import { Retention } from '../src/adapters/retention.ts';
import type { TrackedEvent } from '../src/domain/tracked-event.ts';
import { exportEvents } from '../src/export.ts';
import { keepDays } from '../src/use-cases/keep-days.ts';
import { trackedEvent } from './tracked-event.ts';

const { url } = await testDatabase('activity');
const database = connect(PrismaClient, { url });
whenDone(() => database.$disconnect());

const load = (...events: readonly TrackedEvent[]) =>
  new EventStore(database).load(randomUUID(), [Buffer.from(copyLines(events))]);

const read = async (file: string): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: await asyncBufferFromFile(file) });

async function listOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The contents as the reader of Apache Arrow finds them: the number of rows, and all names and values. */
function arrowOf(file: string) {
  const table = readParquet(readFileSync(file));
  const rows = table.recordBatches().reduce((sum, batch) => sum + batch.numRows, 0);
  return { rows, content: Buffer.from(table.intoIPCStream()) };
}

test('an export is a file for each day and kind, as two readers of Parquet find it', async () => {
  const [at, next] = [new Date('2027-01-31T23:59:59.999Z'), new Date('2027-02-01T00:00:00Z')];
  const first = trackedEvent({ at, titleId: 'ttl_1', userId: 'usr_1', cityCode: 'lon', claimedAt: new Date(0) });
  const search = { name: 'search', at, searchText: 'Amélie', properties: '{"position": 3}', userId: 'usr_1' };
  await load(
    first,
    trackedEvent({ at: next }),
    trackedEvent(search),
    trackedEvent({ at: new Date('2027-02-02T00:00:00Z') }),
  );
  const folder = testFolder('export');
  const options = { from: '2027-01-31', to: '2027-02-01', folder };
  const files = await listOf(exportEvents(database, { ...options, withTexts: true }));
  expect(files.map(({ file, events }) => [file.slice(folder.length), events])).toEqual([
    ['/day=2027-01-31/kind=search/events.parquet', 1],
    ['/day=2027-01-31/kind=title_view/events.parquet', 1],
    ['/day=2027-02-01/kind=title_view/events.parquet', 1],
  ]);
  const [searches = '', views = ''] = files.map(({ file }) => file);
  expect(await read(views)).toEqual([
    {
      ...{ id: first.id, at, receivedAt: at, claimedAt: new Date(0), visitor: first.visitor, suspicious: false },
      ...{ cityCode: 'lon', titleId: 'ttl_1', showId: null, venueId: null, searchText: null, properties: null },
    },
  ]);
  expect(await read(searches)).toMatchObject([{ searchText: 'Amélie', properties: { position: 3 } }]);
  for (const { file } of files) {
    expect(arrowOf(file).rows).toBe(1);
    expect(readFileSync(file).includes('usr_1')).toBe(false);
  }
  expect(arrowOf(views).content.includes('ttl_1')).toBe(true);
  expect(arrowOf(searches).content.includes('Amélie')).toBe(true);
  const plain = await listOf(exportEvents(database, { ...options, withTexts: false }));
  expect(plain.map(({ file }) => arrowOf(file).content.includes('venueId'))).toEqual([true, true, true]);
  expect(arrowOf(searches).content.includes('Amélie')).toBe(false);
});

test('old days are archived with all their events and then dropped, late events make another file, and days wait ahead', async () => {
  const now = new Date('2026-07-20T12:00:00Z');
  const old = new Date('2026-06-01T10:00:00Z');
  const events = Array.from({ length: 50 }, () => trackedEvent({ at: old }));
  const young = trackedEvent({ at: new Date('2026-07-19T10:00:00Z') });
  await load(...events, young);
  const folder = testFolder('archive');
  const archive = new Archive(database, folder);
  const keep = () =>
    keepDays({
      addDays: (days) => database.$sqlTransaction((tx) => addDays(tx, days)),
      ...{ archive, retention: new Retention(database), now: () => now },
      kept: { eventDays: 35, reportDays: 400, historyDays: 400 },
    });
  await keep();
  await load(trackedEvent({ at: old }));
  await Promise.all([keep(), keep()]);
  const dayFolder = join(folder, 'day=2026-06-01', 'kind=title_view');
  const counts = readdirSync(dayFolder).map((name) => arrowOf(join(dayFolder, name)).rows);
  expect(counts.toSorted((a, b) => a - b)).toEqual([1, 50]);
  const days = await eventDays(database);
  expect(days).not.toContain('2026-06-01');
  expect(days).toEqual(expect.arrayContaining(['2026-07-19', '2026-07-20', '2026-07-27']));
  expect(
    await database.$queryRaw`SELECT id::text FROM events WHERE at < '2026-08-01' AND id = ${young.id}::uuid`,
  ).toEqual([{ id: young.id }]);
});

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from '@marquee/testkit';
import { openLog } from '@marquee/telemetry';
import { expect, test } from 'vitest';

import { DiskLog } from '../../src/adapters/event-log/disk-log.ts';
import { encodeRecord, readRecords } from '../../src/adapters/event-log/record.ts';
import { SegmentFolder } from '../../src/adapters/event-log/segment-folder.ts';
import { SegmentWriter } from '../../src/adapters/event-log/segment-writer.ts';
import { trackedEvent } from '../tracked-event.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** All records of a folder, after whoever wrote there is gone. */
async function recordsIn(folder: SegmentFolder): Promise<string[]> {
  await folder.sealAbandoned(undefined, new Date(Date.now() + DAY_MS));
  const read = await Promise.all((await folder.sealed()).map((id) => folder.read(id)));
  return read.flatMap(({ payloads }) => payloads.map(String));
}

async function killedWhileWriting(when: 'awaited' | 'early') {
  const path = testFolder('event-log');
  const program = join(import.meta.dirname, 'writing-process.ts');
  const acknowledged = await new Promise<string[]>((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', program, path, when], (_error, output) =>
      resolve(output.trim().split('\n')),
    );
  });
  return { acknowledged, found: await recordsIn(new SegmentFolder(path)) };
}

test('a process that is killed after an acknowledgement loses nothing of it', async () => {
  const { acknowledged, found } = await killedWhileWriting('awaited');
  expect(acknowledged).toHaveLength(200);
  expect(found).toEqual(acknowledged);
});

test('control: acknowledged before they are on disk, some would be lost', async () => {
  const { acknowledged, found } = await killedWhileWriting('early');
  expect(acknowledged).toHaveLength(200);
  expect(found.length).toBeLessThan(200);
});

test.each([1, 7, 8, 12])('of a segment that lost its last %i bytes, the whole records are read', (lost) => {
  const whole = Buffer.concat([encodeRecord(Buffer.from('first')), encodeRecord(Buffer.from('second'))]);
  const { payloads, tornBytes } = readRecords(whole.subarray(0, whole.length - lost));
  expect([payloads.map(String), tornBytes]).toEqual([['first'], 14 - lost]);
});

test('a record that was changed is not read, and zeros are no record', () => {
  const changed = encodeRecord(Buffer.from('text'));
  changed[9] = 0;
  expect(readRecords(changed)).toEqual({ payloads: [], tornBytes: 12 });
  const { payloads, tornBytes } = readRecords(Buffer.concat([encodeRecord(Buffer.from('a')), Buffer.alloc(64)]));
  expect([payloads.map(String), tornBytes]).toEqual([['a'], 64]);
});

test('records that come while the disk is busy share a write, in their order', async () => {
  const folder = new SegmentFolder(testFolder('event-log'));
  const writer = new SegmentWriter(folder);
  const texts = Array.from({ length: 500 }, (_, index) => `record ${index}`);
  await Promise.all(texts.map((text) => writer.append(Buffer.from(text))));
  await writer.roll();
  expect(await recordsIn(folder)).toEqual(texts);
  expect(readdirSync(folder.path)).toHaveLength(1);
});

test('a segment that another process takes while it is written loses nothing', async () => {
  const folder = new SegmentFolder(testFolder('event-log'));
  const writer = new SegmentWriter(folder);
  await writer.append(Buffer.from('before'));
  const file = writer.file ?? '';
  await folder.seal(file);
  const taken = readFileSync(file.replace(/open$/, 'log'));
  await writer.append(Buffer.from('after'));
  await writer.roll();
  expect(readRecords(taken).payloads.map(String)).toEqual(['before']);
  expect([...(await recordsIn(folder))].toSorted()).toEqual(['after', 'after', 'before']);
});

const log = openLog({ service: 'activity', level: 'silent' });

test('events that the disk refuses are refused with a time to send them again, and later ones are accepted', async () => {
  const path = testFolder('event-log');
  const folder = new SegmentFolder(path);
  const diskLog = new DiskLog({ folder, maxBacklogBytes: 1_000_000, log });
  renameSync(path, `${path}-away`);
  const refused = { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'activity' };
  await expect(diskLog.append([trackedEvent()])).rejects.toMatchObject({
    extensions: refused,
    message: 'Events cannot be recorded right now. Keep them, and send them again in a minute.',
  });
  renameSync(`${path}-away`, path);
  await diskLog.append([trackedEvent()]);
  expect(await diskLog.takeSegments(new Date())).toHaveLength(1);
});

test('when too much waits to be loaded, events are refused until some is', async () => {
  const folder = new SegmentFolder(testFolder('event-log'));
  const diskLog = new DiskLog({ folder, maxBacklogBytes: 2_000, log });
  await diskLog.append([trackedEvent({ properties: 'x'.repeat(1_500) })]);
  await expect(diskLog.append([trackedEvent({ properties: 'x'.repeat(1_500) })])).rejects.toThrow('send them again');
  for (const id of await diskLog.takeSegments(new Date())) await folder.delete(id);
  await diskLog.recount();
  await diskLog.append([trackedEvent({ properties: 'x'.repeat(1_500) })]);
  expect(await diskLog.takeSegments(new Date())).toHaveLength(1);
});

test('what waits is told by its size and the age of the oldest, and refused segments are tried by the next process', async () => {
  const folder = new SegmentFolder(testFolder('event-log'));
  expect(await folder.backlog()).toEqual({ bytes: 0, since: null });
  const writer = new SegmentWriter(folder);
  await writer.append(Buffer.from('text'));
  await writer.roll();
  expect(await folder.backlog()).toEqual({ bytes: 12, since: expect.any(Date) });
  const [id = ''] = await folder.sealed();
  await folder.setAside(id);
  expect([await folder.sealed(), await folder.refused()]).toEqual([[], 1]);
  expect(await new SegmentFolder(folder.path).sealed()).toEqual([id]);
});

import { inTrace, traceOf } from '@marquee/telemetry';
import { expect, test } from 'vitest';

import { appendToOutbox } from '../src/index.ts';
import { manySoldOut, soldOut, openHarness } from './harness.ts';

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

test('events are published if and only if the transaction commits', async () => {
  const { client, relay, redis, keys } = await openHarness();
  const cancelled = client.$transaction(async (tx) => {
    await appendToOutbox(tx, [soldOut('cancelled')]);
    throw new Error('changed my mind');
  });
  await expect(cancelled).rejects.toThrow('changed my mind');
  await client.$transaction((tx) => appendToOutbox(tx, [soldOut('committed')]));
  await relay().drain();
  const entries = await redis.xrange(`${keys.namespace}:events:sample`, '-', '+');
  expect(entries.map(([, fields]) => fields[3])).toEqual(['committed']);
});

test('events appended together keep their order', async () => {
  const { client, emit } = await openHarness();
  const events = manySoldOut(50);
  await emit(...events);
  const rows = await client.$queryRaw<{ id: string }[]>`SELECT id::text FROM outbox_events ORDER BY seq`;
  expect(rows.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
});

test('appending no events is allowed', async () => {
  const { client } = await openHarness();
  await appendToOutbox(client, []);
  expect(await client.$queryRaw`SELECT 1 FROM outbox_events`).toEqual([]);
});

test('an event carries the trace in which it was emitted', async () => {
  const { client, emit } = await openHarness();
  await inTrace(traceOf(TRACE), () => emit(soldOut('traced')));
  await emit(soldOut('untraced'));
  const rows = await client.$queryRaw`SELECT key, traceparent FROM outbox_events ORDER BY seq`;
  expect(rows).toEqual([
    { key: 'traced', traceparent: TRACE },
    { key: 'untraced', traceparent: null },
  ]);
});

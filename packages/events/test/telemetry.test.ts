import { currentTrace, inTrace, processRegistry, traceOf } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import type { EventProblem } from '../src/index.ts';
import { soldOut, openHarness } from './harness.ts';

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

test('a failing event is reported within its trace, and each failure is counted', async () => {
  const { relay, consumer, emit, deadLetters } = await openHarness();
  const metrics = processRegistry();
  const reported: [kind: string, traceId: string | undefined][] = [];
  const report = ({ kind }: EventProblem) => void reported.push([kind, currentTrace()?.traceId]);
  const handlers = { 'sample.sold-out': () => Promise.reject(new Error('no')) };
  consumer({ handlers, report, instruments: { metrics } }).start();
  await inTrace(traceOf(TRACE), () => emit(soldOut('s')));
  await relay().drain();
  await eventually(async () => expect(await deadLetters()).toHaveLength(1));
  await eventually(() => expect(reported.at(-1)?.[0]).toBe('event-dead'));
  expect(new Set(reported.map(([, traceId]) => traceId))).toEqual(new Set([traceOf(TRACE).traceId]));
  const text = await metrics.metrics();
  const type = 'sample.sold-out';
  expect(text).toContain('marquee_dead_letters{consumer="catalog"} 1\n');
  expect(text).toContain('marquee_consumer_lag_events{consumer="catalog"} 0\n');
  expect(text).toContain(
    `marquee_events_handled_total{consumer="catalog",type="${type}",outcome="failed"} ${reported.length}\n`,
  );
});

test('metrics show the backlog: in the outbox until published, in the log until handled', async () => {
  const { relay, consumer, emit } = await openHarness();
  const metrics = processRegistry();
  const outbox = relay({ instruments: { metrics } });
  const handling = consumer({ instruments: { metrics } });
  handling.start();
  await handling.idle();
  await handling.stop();
  await emit(soldOut('a'), soldOut('b'));
  await eventually(async () => {
    const text = await metrics.metrics();
    expect(text).toContain('marquee_outbox_unpublished_events{domain="sample"} 2\n');
    expect(Number(/^marquee_outbox_lag_seconds\{domain="sample"\} (.*)$/m.exec(text)?.[1])).toBeGreaterThan(0);
  });
  await outbox.drain();
  const text = await metrics.metrics();
  expect(text).toContain('marquee_outbox_unpublished_events{domain="sample"} 0\n');
  expect(text).toContain('marquee_outbox_lag_seconds{domain="sample"} 0\n');
  expect(text).toContain('marquee_events_published_total{domain="sample"} 2\n');
  expect(text).toContain('marquee_consumer_lag_events{consumer="catalog"} 2\n');
});

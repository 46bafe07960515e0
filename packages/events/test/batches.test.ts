import { processRegistry } from '@marquee/telemetry';
import { databaseOutage, eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import type { EventHandlers } from '../src/index.ts';
import { type Harness, manySoldOut, openHarness, recordEffect, soldOut } from './harness.ts';
import { newEvent } from './sample-events.ts';

/** Commits and publishes events, then starts a consumer, which finds them all waiting. */
async function handleWaiting(harness: Harness, handlers: EventHandlers, ...events: Parameters<Harness['emit']>) {
  await harness.emit(...events);
  await harness.relay().drain();
  const metrics = processRegistry();
  const consumer = harness.consumer({ handlers, instruments: { metrics } });
  consumer.start();
  await consumer.idle();
  return (await metrics.metrics()).split('\n').filter((line) => line.startsWith('marquee_event_batch'));
}

test('events that wait are handled with one commit, by one statement where their handler takes many', async () => {
  const harness = await openHarness();
  const events = manySoldOut(50);
  const handlers: EventHandlers = {
    'sample.sold-out': {
      many: async (batch, tx) => {
        const keys = batch.map(({ key }) => key);
        await tx.$executeRaw`INSERT INTO effects (event_id, key, show_id) SELECT '', key, '' FROM unnest(${keys}::text[]) AS key`;
      },
    },
  };
  const lines = await handleWaiting(harness, handlers, ...events);
  expect(await harness.effects()).toEqual(events.map(({ key }) => key));
  expect(lines).toContain('marquee_event_batch_events_count{consumer="catalog"} 1');
  expect(lines).toContain('marquee_event_batch_events_sum{consumer="catalog"} 50');
  // The inbox, and the effect.
  expect(lines).toContain('marquee_event_batch_statements_total{consumer="catalog"} 2');
});

test('a failing event holds up no other of its batch, and the effects of the failed batch are rolled back', async () => {
  const harness = await openHarness();
  const handlers: EventHandlers = {
    'sample.sold-out': async (event, tx) => {
      await recordEffect(event, tx);
      if (event.key === 'poison') throw new Error('cannot handle this');
    },
  };
  await handleWaiting(harness, handlers, ...manySoldOut(5), soldOut('poison'), soldOut('last'));
  const keys = ['last', 'show-0', 'show-1', 'show-2', 'show-3', 'show-4'];
  expect((await harness.effects()).toSorted()).toEqual(keys);
  expect(await harness.deadLetters()).toMatchObject([{ error: 'cannot handle this', attempts: 3 }]);
});

test('events of one key keep their order over types, also when their batch fails', async () => {
  const harness = await openHarness();
  const paid = (key: string) => newEvent('sample.paid', key, { showId: key, amount: { amount: 1, currency: 'GBP' } });
  const heard: string[] = [];
  const handlers: EventHandlers = {
    'sample.sold-out': { many: async (batch) => void heard.push(...batch.map(({ key }) => `${key} sold out`)) },
    'sample.paid': async ({ key }) => {
      if (key === 'poison') throw new Error('cannot handle this');
      heard.push(`${key} paid`);
    },
  };
  const events = ['a', 'b'].flatMap((key) => [soldOut(key), paid(key), soldOut(key)]);
  await handleWaiting(harness, handlers, ...events, paid('poison'));
  const last = heard.slice(-6);
  for (const key of ['a', 'b'])
    expect(last.filter((text) => text.startsWith(key))).toEqual([`${key} sold out`, `${key} paid`, `${key} sold out`]);
});

test('an outage during a batch uses up no attempts of any of its events', async () => {
  const harness = await openHarness();
  let restore: (() => Promise<void>) | undefined;
  const handlers: EventHandlers = {
    'sample.sold-out': async (event, tx) => {
      restore ??= await databaseOutage(harness);
      await recordEffect(event, tx);
    },
  };
  await harness.emit(...manySoldOut(20));
  await harness.relay().drain();
  const consumer = harness.consumer({ handlers, retry: { attempts: 1, firstDelayMs: 20, maxDelayMs: 200 } });
  consumer.start();
  await eventually(() => expect(harness.problems.map(({ kind }) => kind)).toContain('delivery-failed'));
  await restore?.();
  await consumer.idle();
  expect((await harness.effects()).length).toBe(20);
  expect(await harness.deadLetters()).toEqual([]);
});

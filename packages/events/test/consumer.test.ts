import { inTrace, traceOf } from '@marquee/telemetry';
import { databaseOutage, eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { appendToOutbox, currentTraceparent, requestReplay } from '../src/index.ts';
import { newEvent } from './sample-events.ts';
import { manySoldOut, recordEffect, soldOut, openHarness, type Harness } from './harness.ts';

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Publishes one event twice. */
async function publishTwice({ log }: Harness): Promise<void> {
  const event = { ...soldOut('twice'), occurredAt: new Date().toISOString() };
  const publication = { event, pushes: [] };
  await log.append('sample', [publication]);
  await log.append('sample', [publication], [event.id]);
}

/** Commits and publishes events. */
async function publish(harness: Harness, ...events: Parameters<Harness['emit']>): Promise<void> {
  await harness.emit(...events);
  await harness.relay().drain();
}

test('an event that is delivered twice has its effect once', async () => {
  const harness = await openHarness();
  const consumer = harness.consumer();
  consumer.start();
  await publishTwice(harness);
  await consumer.idle();
  expect(await harness.effects()).toEqual(['twice']);
});

test('control: without the inbox, an event that is delivered twice has its effect twice', async () => {
  const harness = await openHarness();
  await harness.client.$executeRaw`ALTER TABLE inbox_events DROP CONSTRAINT inbox_events_pkey`;
  const consumer = harness.consumer();
  consumer.start();
  await publishTwice(harness);
  await consumer.idle();
  expect(await harness.effects()).toEqual(['twice', 'twice']);
});

test('two consumers with one name share the events; consumers with different names each get every event', async () => {
  const harness = await openHarness();
  const consumers = [harness.consumer(), harness.consumer(), harness.consumer({ name: 'search' })];
  for (const consumer of consumers) consumer.start();
  await publish(harness, ...manySoldOut(40));
  await Promise.all(consumers.map((consumer) => consumer.idle()));
  const effects = await harness.effects();
  expect([effects.length, new Set(effects).size]).toEqual([80, 40]);
});

test('a new consumer gets the events that were emitted before it existed', async () => {
  const harness = await openHarness();
  await publish(harness, ...manySoldOut(3));
  const consumer = harness.consumer();
  consumer.start();
  await consumer.idle();
  expect(await harness.effects()).toHaveLength(3);
});

test('events of one key have their effects in order, while other keys are handled concurrently', async () => {
  const harness = await openHarness();
  const order: string[] = [];
  const consumer = harness.consumer({
    handlers: {
      'sample.sold-out': async (event, tx) => {
        order.push(event.id);
        await recordEffect(event, tx);
      },
    },
  });
  consumer.start();
  const events = Array.from({ length: 60 }, (_, position) => soldOut(`show-${position % 3}`));
  await publish(harness, ...events);
  await consumer.idle();
  for (const key of ['show-0', 'show-1', 'show-2']) {
    const emitted = events.filter((event) => event.key === key).map(({ id }) => id);
    expect(order.filter((id) => emitted.includes(id))).toEqual(emitted);
  }
});

test('a handler that fails twice is tried a third time, and the failed attempts are rolled back', async () => {
  const harness = await openHarness();
  let attempts = 0;
  const consumer = harness.consumer({
    handlers: {
      'sample.sold-out': async (event, tx) => {
        await recordEffect(event, tx);
        attempts += 1;
        if (attempts < 3) throw new Error('not yet');
      },
    },
  });
  consumer.start();
  await publish(harness, soldOut('stubborn'));
  await consumer.idle();
  expect([attempts, await harness.effects(), await harness.deadLetters()]).toEqual([3, ['stubborn'], []]);
  const pauses = harness.problems.map(
    (problem) => problem.kind === 'event-failed' && [problem.attempt, problem.retryInMs],
  );
  expect(pauses).toEqual([
    [1, 20],
    [2, 40],
  ]);
});

test('an event that never succeeds becomes a dead letter, does not hold up others, and can be replayed', async () => {
  const harness = await openHarness();
  let poisonous = true;
  const consumer = harness.consumer({
    handlers: {
      'sample.sold-out': async (event, tx) => {
        if (event.key === 'poison' && poisonous) throw new Error('cannot handle this');
        await recordEffect(event, tx);
      },
    },
  });
  consumer.start();
  const poison = soldOut('poison');
  await publish(harness, poison, ...manySoldOut(3));
  await consumer.idle();
  expect((await harness.effects()).toSorted()).toEqual(['show-0', 'show-1', 'show-2']);
  const [letter, ...others] = await harness.deadLetters();
  expect(others).toEqual([]);
  expect(letter).toMatchObject({ id: poison.id, type: poison.type, error: 'cannot handle this', attempts: 3 });
  expect(JSON.parse(letter?.event ?? '')).toMatchObject(poison);
  expect(harness.problems.map(({ kind }) => kind)).toEqual(['event-failed', 'event-failed', 'event-dead']);

  poisonous = false;
  expect(await requestReplay(harness.client, 'catalog')).toBe(1);
  await eventually(async () => expect(await harness.deadLetters()).toEqual([]));
  expect(await harness.effects()).toContain('poison');
});

test('an event that cannot be decoded becomes a dead letter', async () => {
  const harness = await openHarness();
  const consumer = harness.consumer();
  consumer.start();
  const type = 'sample.sold-out';
  await harness.redis.xadd(
    `${harness.keys.namespace}:events:sample`,
    '*',
    'type',
    type,
    'key',
    'k',
    'event',
    '{"id":1',
  );
  await publish(harness, soldOut('valid'));
  await consumer.idle();
  expect(await harness.effects()).toEqual(['valid']);
  expect(await harness.deadLetters()).toMatchObject([{ type, event: '{"id":1', attempts: 3 }]);
});

test('a handler that hangs times out, and its transaction is rolled back', async () => {
  const harness = await openHarness();
  const consumer = harness.consumer({
    timeoutMs: 100,
    handlers: {
      'sample.sold-out': async (event, tx) => {
        await recordEffect(event, tx);
        if (event.key === 'hangs') await new Promise(() => undefined);
      },
    },
  });
  consumer.start();
  await publish(harness, soldOut('hangs'), soldOut('works'));
  await consumer.idle();
  expect(await harness.effects()).toEqual(['works']);
  expect(await harness.deadLetters()).toMatchObject([{ error: 'It was not handled within 100 ms.' }]);
});

test('events of types without a handler are skipped', async () => {
  const harness = await openHarness();
  const consumer = harness.consumer();
  consumer.start();
  await publish(
    harness,
    newEvent('sample.paid', 's', { showId: 's', amount: { amount: 1, currency: 'GBP' } }),
    soldOut('s'),
  );
  await consumer.idle();
  expect(await harness.effects()).toEqual(['s']);
  expect(await harness.client.$queryRaw`SELECT count(*)::int AS rows FROM inbox_events`).toEqual([{ rows: 1 }]);
});

test('a stop waits for the events in flight, and the next start continues with the rest', async () => {
  const harness = await openHarness();
  const inFlight: string[] = [];
  const consumer = (): ReturnType<Harness['consumer']> =>
    harness.consumer({
      handlers: {
        'sample.sold-out': async (event, tx) => {
          inFlight.push(event.key);
          await recordEffect(event, tx);
        },
      },
    });
  const first = consumer();
  first.start();
  await publish(harness, ...manySoldOut(100));
  await eventually(() => expect(inFlight.length).toBeGreaterThan(0), { everyMs: 1 });
  await first.stop();
  expect(await harness.effects()).toHaveLength(inFlight.length);
  const second = consumer();
  second.start();
  await second.idle();
  expect(inFlight.toSorted()).toEqual(
    manySoldOut(100)
      .map(({ key }) => key)
      .toSorted(),
  );
  expect(await harness.effects()).toHaveLength(100);
});

test('a consumer that stops leaves its group within a second', async () => {
  const harness = await openHarness();
  const consumer = harness.consumer();
  consumer.start();
  await publish(harness, soldOut('s'));
  await consumer.idle();
  const started = performance.now();
  await consumer.stop();
  expect(performance.now() - started).toBeLessThan(1_000);
  const group = await harness.redis.xinfo('CONSUMERS', `${harness.keys.namespace}:events:sample`, 'catalog');
  expect(group).toEqual([]);
});

test('an event that waits for its retry when the process stops is retried by the next process', async () => {
  const harness = await openHarness();
  const failing = harness.consumer({
    handlers: { 'sample.sold-out': () => Promise.reject(new Error('out of luck')) },
    retry: { attempts: 5, firstDelayMs: 300, maxDelayMs: 300 },
  });
  failing.start();
  await publish(harness, soldOut('unlucky'));
  await eventually(() => expect(harness.problems).toHaveLength(1));
  await failing.stop();
  const next = harness.consumer();
  next.start();
  await next.idle();
  expect(await harness.effects()).toEqual(['unlucky']);
});

test('a database outage uses up no attempts', async () => {
  const harness = await openHarness();
  const consumer = harness.consumer();
  consumer.start();
  await publish(harness, soldOut('before'));
  await consumer.idle();
  const event = { ...soldOut('during'), occurredAt: new Date().toISOString() };
  const restore = await databaseOutage(harness);
  const outageBegan = performance.now();
  await harness.log.append('sample', [{ event, pushes: [] }]);
  await eventually(() => expect(harness.problems.map(({ kind }) => kind)).toContain('delivery-failed'));
  // Longer than three attempts with their backoff take.
  await eventually(() => expect(performance.now() - outageBegan).toBeGreaterThan(1_500));
  await restore();
  await consumer.idle();
  expect(await harness.effects()).toEqual(['before', 'during']);
  expect(await harness.deadLetters()).toEqual([]);
});

test('an event that a handler emits is published at once, in the trace of the event it handles', async () => {
  const harness = await openHarness();
  const kicks: string[] = [];
  const consumer = harness.consumer({
    relay: { kick: () => void kicks.push('kick') },
    handlers: {
      'sample.sold-out': async ({ key }, tx) => {
        expect(currentTraceparent()).toBe(TRACE);
        await appendToOutbox(tx, [
          newEvent('sample.paid', key, { showId: key, amount: { amount: 1_250, currency: 'GBP' } }),
        ]);
      },
    },
  });
  consumer.start();
  await inTrace(traceOf(TRACE), () => publish(harness, soldOut('s')));
  await consumer.idle();
  const emitted = await harness.client.$queryRaw`SELECT traceparent FROM outbox_events WHERE type = 'sample.paid'`;
  expect([kicks, emitted]).toEqual([['kick'], [{ traceparent: TRACE }]]);
});

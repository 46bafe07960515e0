import { inTrace, traceOf } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { appendToOutbox, currentTraceparent } from '../src/index.ts';
import { newEvent } from './sample-events.ts';
import { databaseOutage, manySoldOut, recordEffect, soldOut, stage, type Stage, type Tx } from './stage.ts';

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Publishes one event twice. */
async function publishTwice({ log }: Stage): Promise<void> {
  const event = { ...soldOut('twice'), occurredAt: new Date().toISOString() };
  await log.append('sample', [event], []);
  await log.append('sample', [event], []);
}

/** Commits and publishes events. */
async function publish(all: Stage, ...events: Parameters<Stage['tell']>): Promise<void> {
  await all.tell(...events);
  await all.relay().drain();
}

test('an event that comes twice has its effect once', async () => {
  const all = await stage();
  const consumer = all.consumer();
  consumer.start();
  await publishTwice(all);
  await consumer.idle();
  expect(await all.effects()).toEqual(['twice']);
});

test('control: without the inbox an event that comes twice has its effect twice', async () => {
  const all = await stage();
  await all.client.$executeRaw`ALTER TABLE inbox_events DROP CONSTRAINT inbox_events_pkey`;
  const consumer = all.consumer();
  consumer.start();
  await publishTwice(all);
  await consumer.idle();
  expect(await all.effects()).toEqual(['twice', 'twice']);
});

test('two consumers by one name share the events; two by different names get each event', async () => {
  const all = await stage();
  const consumers = [all.consumer(), all.consumer(), all.consumer({ name: 'search' })];
  for (const consumer of consumers) consumer.start();
  await publish(all, ...manySoldOut(40));
  await Promise.all(consumers.map((consumer) => consumer.idle()));
  const effects = await all.effects();
  expect([effects.length, new Set(effects).size]).toEqual([80, 40]);
});

test('a consumer that comes later gets what was told before it', async () => {
  const all = await stage();
  await publish(all, ...manySoldOut(3));
  const consumer = all.consumer();
  consumer.start();
  await consumer.idle();
  expect(await all.effects()).toHaveLength(3);
});

test('events of one key have their effects in order, whatever is handled beside them', async () => {
  const all = await stage();
  const order: string[] = [];
  const consumer = all.consumer({
    handlers: {
      'sample.sold-out': async (event, tx) => {
        order.push(event.id);
        await recordEffect(event, tx);
      },
    },
  });
  consumer.start();
  const events = Array.from({ length: 60 }, (_, position) => soldOut(`show-${position % 3}`));
  await publish(all, ...events);
  await consumer.idle();
  for (const key of ['show-0', 'show-1', 'show-2']) {
    const told = events.filter((event) => event.key === key).map(({ id }) => id);
    expect(order.filter((id) => told.includes(id))).toEqual(told);
  }
});

test('a handler that fails twice is tried a third time, and leaves nothing of the first two', async () => {
  const all = await stage();
  let attempts = 0;
  const consumer = all.consumer({
    handlers: {
      'sample.sold-out': async (event, tx) => {
        await recordEffect(event, tx);
        attempts += 1;
        if (attempts < 3) throw new Error('not yet');
      },
    },
  });
  consumer.start();
  await publish(all, soldOut('stubborn'));
  await consumer.idle();
  expect([attempts, await all.effects(), await all.log.deadLetters('catalog')]).toEqual([3, ['stubborn'], []]);
  const pauses = all.problems.map((problem) => problem.kind === 'event-failed' && [problem.attempt, problem.retryInMs]);
  expect(pauses).toEqual([
    [1, 20],
    [2, 40],
  ]);
});

test('an event that never succeeds becomes a dead letter, blocks no other, and can be replayed', async () => {
  const all = await stage();
  let poisonous = true;
  const consumer = all.consumer({
    handlers: {
      'sample.sold-out': async (event, tx) => {
        if (event.key === 'poison' && poisonous) throw new Error('cannot digest this');
        await recordEffect(event, tx);
      },
    },
  });
  consumer.start();
  const poison = soldOut('poison');
  await publish(all, poison, ...manySoldOut(3));
  await consumer.idle();
  expect((await all.effects()).toSorted()).toEqual(['show-0', 'show-1', 'show-2']);
  const [letter, ...others] = await all.log.deadLetters('catalog');
  expect(others).toEqual([]);
  expect(letter).toMatchObject({ consumer: 'catalog', type: poison.type, error: 'cannot digest this', attempts: 3 });
  expect(JSON.parse(letter?.event ?? '')).toMatchObject(poison);
  expect(all.problems.map(({ kind }) => kind)).toEqual(['event-failed', 'event-failed', 'event-dead']);

  poisonous = false;
  expect(await all.log.replayDeadLetters('catalog')).toBe(1);
  await consumer.idle();
  expect(await all.effects()).toContain('poison');
  expect(await all.log.deadLetters('catalog')).toEqual([]);
});

test('an event that the catalogue does not have, or whose payload is broken, becomes a dead letter', async () => {
  const all = await stage();
  const consumer = all.consumer();
  consumer.start();
  const type = 'sample.sold-out';
  await all.redis.xadd(`${all.keys.namespace}:events:sample`, '*', 'type', type, 'key', 'k', 'event', '{"id":1');
  await publish(all, soldOut('sound'));
  await consumer.idle();
  expect(await all.effects()).toEqual(['sound']);
  expect(await all.log.deadLetters('catalog')).toMatchObject([{ type, event: '{"id":1', attempts: 3 }]);
});

test('a handler that hangs is given up like one that fails, and nothing of it is kept', async () => {
  const all = await stage();
  const consumer = all.consumer({
    timeoutMs: 100,
    handlers: {
      'sample.sold-out': async (event, tx) => {
        await recordEffect(event, tx);
        if (event.key === 'hangs') await new Promise(() => undefined);
      },
    },
  });
  consumer.start();
  await publish(all, soldOut('hangs'), soldOut('works'));
  await consumer.idle();
  expect(await all.effects()).toEqual(['works']);
  expect(await all.log.deadLetters('catalog')).toMatchObject([{ error: 'It was not handled within 100 ms.' }]);
});

test('events of other types pass by', async () => {
  const all = await stage();
  const consumer = all.consumer();
  consumer.start();
  await publish(
    all,
    newEvent('sample.paid', 's', { showId: 's', amount: { amount: 1, currency: 'GBP' } }),
    soldOut('s'),
  );
  await consumer.idle();
  expect(await all.effects()).toEqual(['s']);
  expect(await all.client.$queryRaw`SELECT count(*)::int AS rows FROM inbox_events`).toEqual([{ rows: 1 }]);
});

test('a stop ends what is in hand, and the next start goes on where it was', async () => {
  const all = await stage();
  const inHand: string[] = [];
  const consumer = (): ReturnType<Stage['consumer']> =>
    all.consumer({
      handlers: {
        'sample.sold-out': async (event, tx) => {
          inHand.push(event.key);
          await recordEffect(event, tx);
        },
      },
    });
  const first = consumer();
  first.start();
  await publish(all, ...manySoldOut(100));
  await eventually(() => expect(inHand.length).toBeGreaterThan(0), { everyMs: 1 });
  await first.stop();
  expect(await all.effects()).toHaveLength(inHand.length);
  const second = consumer();
  second.start();
  await second.idle();
  expect(inHand.toSorted()).toEqual(
    manySoldOut(100)
      .map(({ key }) => key)
      .toSorted(),
  );
  expect(await all.effects()).toHaveLength(100);
});

test('a consumer that was stopped leaves no trace of its process', async () => {
  const all = await stage();
  const consumer = all.consumer();
  consumer.start();
  await publish(all, soldOut('s'));
  await consumer.idle();
  const started = performance.now();
  await consumer.stop();
  expect(performance.now() - started).toBeLessThan(1_000);
  const group = await all.redis.xinfo('CONSUMERS', `${all.keys.namespace}:events:sample`, 'catalog');
  expect(group).toEqual([]);
});

test('a failure that waits for its retry when the process stops is retried by the next', async () => {
  const all = await stage();
  const failing = all.consumer({
    handlers: { 'sample.sold-out': () => Promise.reject(new Error('out of luck')) },
    retry: { attempts: 5, firstDelayMs: 300, maxDelayMs: 300 },
  });
  failing.start();
  await publish(all, soldOut('unlucky'));
  await eventually(() => expect(all.problems).toHaveLength(1));
  await failing.stop();
  const next = all.consumer();
  next.start();
  await next.idle();
  expect(await all.effects()).toEqual(['unlucky']);
});

test('while the database is away no event uses up its attempts', async () => {
  const all = await stage();
  const consumer = all.consumer();
  consumer.start();
  await publish(all, soldOut('before'));
  await consumer.idle();
  const event = { ...soldOut('during'), occurredAt: new Date().toISOString() };
  const restore = await databaseOutage(all);
  const outageBegan = performance.now();
  await all.log.append('sample', [event], []);
  await eventually(() => expect(all.problems.map(({ kind }) => kind)).toContain('delivery-failed'));
  // Longer than three attempts with their pauses take.
  await eventually(() => expect(performance.now() - outageBegan).toBeGreaterThan(1_500));
  await restore();
  await consumer.idle();
  expect(await all.effects()).toEqual(['before', 'during']);
  expect(await all.log.deadLetters('catalog')).toEqual([]);
});

test('what a handler tells goes out at once and carries the trace of what it handles', async () => {
  const all = await stage();
  const kicks: string[] = [];
  const consumer = all.consumer({
    relay: { kick: () => void kicks.push('kick') },
    handlers: {
      'sample.sold-out': async ({ key }, tx: Tx) => {
        expect(currentTraceparent()).toBe(TRACE);
        await appendToOutbox(tx, [
          newEvent('sample.paid', key, { showId: key, amount: { amount: 1_250, currency: 'GBP' } }),
        ]);
      },
    },
  });
  consumer.start();
  await inTrace(traceOf(TRACE), () => publish(all, soldOut('s')));
  await consumer.idle();
  const told = await all.client.$queryRaw`SELECT traceparent FROM outbox_events WHERE type = 'sample.paid'`;
  expect([kicks, told]).toEqual([['kick'], [{ traceparent: TRACE }]]);
});

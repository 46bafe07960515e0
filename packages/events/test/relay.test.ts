import { databaseOutage, eventually } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';

import { appendToOutbox, redisStreamsLog, type EventLog } from '../src/index.ts';
import { catalogue } from './sample-events.ts';
import { withOverrides, manySoldOut, soldOut, openHarness, type Harness } from './harness.ts';

/** The ids of the events in the log, in order. */
async function logged({ redis, keys }: Harness): Promise<string[]> {
  const entries = await redis.xrange(`${keys.namespace}:events:sample`, '-', '+');
  return entries.map(([, fields]) => fields[fields.indexOf('id') + 1] ?? '');
}

/** A log that fails right after each append, until `recover`: the events are in it, but are not marked as published. */
function crashingAfterAppend(log: EventLog): EventLog & { recover(): void } {
  let crashes = true;
  const append: EventLog['append'] = async (...what) => {
    await log.append(...what);
    if (crashes) throw new Error('killed after the append');
  };
  return {
    ...withOverrides(log, { append }),
    recover: () => {
      crashes = false;
    },
  };
}

test('events that a crash makes the relay publish twice are in the log once, and have their effect once', async () => {
  const harness = await openHarness();
  const events = manySoldOut(3);
  await harness.emit(...events);
  await expect(harness.relay({ log: crashingAfterAppend(harness.log) }).drain()).rejects.toThrow(
    'killed after the append',
  );
  await harness.relay().drain();
  expect(await logged(harness)).toEqual(events.map(({ id }) => id));
  const consumer = harness.consumer();
  consumer.start();
  await consumer.idle();
  expect((await harness.effects()).toSorted()).toEqual(['show-0', 'show-1', 'show-2']);
});

test('two relays at once publish each event once and in order', async () => {
  const harness = await openHarness();
  const relays = [harness.relay(), harness.relay()];
  for (const relay of relays) relay.start();
  const events = manySoldOut(120);
  for (let sent = 0; sent < events.length; sent += 4) {
    await harness.emit(...events.slice(sent, sent + 4));
    for (const relay of relays) relay.kick();
  }
  await Promise.all(relays.map((relay) => relay.drain()));
  expect(await logged(harness)).toEqual(events.map(({ id }) => id));
});

test('more events than a batch holds are published in order', async () => {
  const harness = await openHarness();
  const events = manySoldOut(450);
  await harness.emit(...events);
  await harness.relay().drain();
  expect(await logged(harness)).toEqual(events.map(({ id }) => id));
});

test('an event committed after a later one was published is published too', async () => {
  const harness = await openHarness();
  const [slow, quick] = [soldOut('slow'), soldOut('quick')];
  await harness.client.$transaction(async (tx) => {
    await appendToOutbox(tx, [slow]);
    await harness.emit(quick);
    await harness.relay().drain();
  });
  await harness.relay().drain();
  expect(await logged(harness)).toEqual([quick.id, slow.id]);
});

test('a push reaches subscribed clients once its event is committed', async () => {
  const harness = await openHarness();
  const listener = new Redis(harness.keys.url);
  onTestFinished(() => listener.disconnect());
  const heard: string[] = [];
  listener.on('message', (channel, message) => heard.push(`${channel} ${message}`));
  await listener.subscribe(`${harness.keys.namespace}:push:seat-map:s1`);
  await harness.emit(soldOut('s1'));
  const relay = harness.relay({ push: ({ key }) => [{ channel: `seat-map:${key}`, message: { showId: key } }] });
  await relay.drain();
  await eventually(() => expect(heard).toEqual([`${harness.keys.namespace}:push:seat-map:s1 {"showId":"s1"}`]));
});

test('an event that is published late is pushed all the same', async () => {
  const harness = await openHarness();
  await harness.emit(soldOut('s1'));
  await harness.client.$executeRaw`UPDATE outbox_events SET occurred_at = now() - interval '1 hour'`;
  const pushed: string[] = [];
  const push = ({ key }: { key: string }): [] => {
    pushed.push(key);
    return [];
  };
  await harness.relay({ push }).drain();
  expect(pushed).toEqual(['s1']);
});

test('a kick publishes without waiting for the poll', async () => {
  const harness = await openHarness();
  const relay = harness.relay({ pollMs: 3_600_000 });
  const consumer = harness.consumer();
  relay.start();
  consumer.start();
  await consumer.idle();
  for (let round = 0; round < 20; round += 1) {
    await harness.emit(soldOut(`show-${round}`));
    relay.kick();
    await eventually(async () => expect(await harness.effects()).toHaveLength(round + 1), { everyMs: 1 });
  }
});

test('neither more events nor more receipts keep a relay from the other', async () => {
  const harness = await openHarness();
  const { log } = harness;
  let reads = 0;
  const relay = harness.relay({
    pollMs: 1,
    log: withOverrides(log, {
      append: async (...what) => {
        await harness.emit(soldOut('one more'));
        await log.append(...what);
      },
      takePost: async (domain) => {
        reads += 1;
        const receipt = { consumer: 'catalog', eventId: soldOut('any').id, state: 'settled' } as const;
        return { ...(await log.takePost(domain)), receipts: [receipt] };
      },
    }),
  });
  await harness.emit(soldOut('first'));
  relay.start();
  await eventually(async () => expect([reads > 2, (await logged(harness)).length > 2]).toEqual([true, true]));
});

test('a relay that starts on a complete log publishes nothing twice', async () => {
  const harness = await openHarness();
  await harness.emit(...manySoldOut(3));
  await harness.relay().drain();
  await harness.relay().drain();
  expect(await logged(harness)).toHaveLength(3);
});

test('the log drops events older than its retention', async () => {
  const harness = await openHarness();
  const log = redisStreamsLog({
    catalogue,
    redis: harness.redis,
    namespace: harness.keys.namespace,
    retentionMs: -60_000,
  });
  onTestFinished(() => log.close());
  const relay = harness.relay({ log });
  // Redis trims whole blocks, of a hundred entries unless configured otherwise.
  for (let block = 0; block < 3; block += 1) {
    await harness.emit(...manySoldOut(200, `block-${block}`));
    await relay.drain();
  }
  expect((await logged(harness)).length).toBeLessThan(300);
});

test('a database outage delays events and loses none', async () => {
  const harness = await openHarness();
  const relay = harness.relay();
  relay.start();
  await harness.emit(soldOut('before'));
  relay.kick();
  await eventually(async () => expect(await logged(harness)).toHaveLength(1));
  const restore = await databaseOutage(harness);
  await eventually(() => expect(harness.problems.map(({ kind }) => kind)).toContain('relay-failed'));
  await restore();
  await eventually(() => harness.emit(soldOut('after')));
  await eventually(async () => expect(await logged(harness)).toHaveLength(2));
});

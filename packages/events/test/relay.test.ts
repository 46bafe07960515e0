import { eventually } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';

import { appendToOutbox, redisStreamsLog, type EventLog } from '../src/index.ts';
import { catalogue } from './sample-events.ts';
import { changedLog, databaseOutage, manySoldOut, soldOut, stage, type Stage } from './stage.ts';

/** The ids of the events in the log, in order. */
async function logged({ redis, keys }: Stage): Promise<string[]> {
  const entries = await redis.xrange(`${keys.namespace}:events:sample`, '-', '+');
  return entries.map(([, fields]) => fields[fields.indexOf('id') + 1] ?? '');
}

/** A log that dies right after each append until it is told to live: the events are in it, and nobody is told. */
function dyingAfterAppend(log: EventLog): EventLog & { live(): void } {
  let dies = true;
  const append: EventLog['append'] = async (...what) => {
    await log.append(...what);
    if (dies) throw new Error('killed after the append');
  };
  return {
    ...changedLog(log, { append }),
    live: () => {
      dies = false;
    },
  };
}

test('what a crash between append and mark publishes twice has its effect once', async () => {
  const all = await stage();
  const events = manySoldOut(3);
  await all.tell(...events);
  await expect(all.relay({ log: dyingAfterAppend(all.log) }).drain()).rejects.toThrow('killed after the append');
  await all.relay().drain();
  const ids = events.map(({ id }) => id);
  expect(await logged(all)).toEqual([...ids, ...ids]);
  const consumer = all.consumer();
  consumer.start();
  await consumer.idle();
  expect((await all.effects()).toSorted()).toEqual(['show-0', 'show-1', 'show-2']);
});

test('two relays at once publish each event once and in order', async () => {
  const all = await stage();
  const relays = [all.relay(), all.relay()];
  for (const relay of relays) relay.start();
  const events = manySoldOut(120);
  for (let sent = 0; sent < events.length; sent += 4) {
    await all.tell(...events.slice(sent, sent + 4));
    for (const relay of relays) relay.kick();
  }
  await Promise.all(relays.map((relay) => relay.drain()));
  expect(await logged(all)).toEqual(events.map(({ id }) => id));
});

test('more events than a batch holds are published in order', async () => {
  const all = await stage();
  const events = manySoldOut(450);
  await all.tell(...events);
  await all.relay().drain();
  expect(await logged(all)).toEqual(events.map(({ id }) => id));
});

test('an event committed after a later one was published is published too', async () => {
  const all = await stage();
  const [slow, quick] = [soldOut('slow'), soldOut('quick')];
  await all.client.$transaction(async (tx) => {
    await appendToOutbox(tx, [slow]);
    await all.tell(quick);
    await all.relay().drain();
  });
  await all.relay().drain();
  expect(await logged(all)).toEqual([quick.id, slow.id]);
});

test('clients who listen are told once the event is committed', async () => {
  const all = await stage();
  const listener = new Redis(all.keys.url);
  onTestFinished(() => listener.disconnect());
  const heard: string[] = [];
  listener.on('message', (channel, message) => heard.push(`${channel} ${message}`));
  await listener.subscribe(`${all.keys.namespace}:push:seat-map:s1`);
  await all.tell(soldOut('s1'));
  const relay = all.relay({ push: ({ key }) => [{ channel: `seat-map:${key}`, message: { showId: key } }] });
  await relay.drain();
  await eventually(() => expect(heard).toEqual([`${all.keys.namespace}:push:seat-map:s1 {"showId":"s1"}`]));
});

test('clients are not told what happened long ago', async () => {
  const all = await stage();
  await all.tell(soldOut('s1'));
  const pushed: string[] = [];
  const push = ({ key }: { key: string }): [] => {
    pushed.push(key);
    return [];
  };
  await all.relay({ push, now: () => new Date(Date.now() + 6 * 60_000) }).drain();
  await all.tell(soldOut('s2'));
  await all.relay({ push }).drain();
  expect([await logged(all), pushed]).toEqual([[expect.any(String), expect.any(String)], ['s2']]);
});

test('a kick publishes without waiting for the poll', async () => {
  const all = await stage();
  const relay = all.relay({ pollMs: 3_600_000 });
  const consumer = all.consumer();
  relay.start();
  consumer.start();
  await consumer.idle();
  for (let round = 0; round < 20; round += 1) {
    await all.tell(soldOut(`show-${round}`));
    relay.kick();
    await eventually(async () => expect(await all.effects()).toHaveLength(round + 1), { everyMs: 1 });
  }
});

test('a log that lost everything is refilled from the outbox', async () => {
  const all = await stage();
  const events = manySoldOut(3);
  await all.tell(...events);
  await all.relay().drain();
  await all.redis.del(`${all.keys.namespace}:events:sample`);
  await all.relay().drain();
  expect(await logged(all)).toEqual(events.map(({ id }) => id));
  expect(all.problems).toEqual([{ kind: 'log-refilled', domain: 'sample', events: 3 }]);
});

test('what a log lost is found in batches, and published in order once all of it is', async () => {
  const all = await stage();
  const events = manySoldOut(7);
  await all.tell(...events);
  await all.relay().drain();
  await all.redis.del(`${all.keys.namespace}:events:sample`);
  const relay = all.relay({ refillBatch: 3 });
  relay.start();
  await eventually(async () => expect(await logged(all)).toEqual(events.map(({ id }) => id)));
  const found = { kind: 'log-refilled', domain: 'sample' };
  expect(all.problems).toEqual([3, 3, 1].map((count) => ({ ...found, events: count })));
});

test('a log that lost the last events is given them again, and only them', async () => {
  const all = await stage();
  const events = manySoldOut(6);
  const relay = all.relay();
  for (const event of events) {
    await all.tell(event);
    await relay.drain();
  }
  await all.redis.call('XTRIM', `${all.keys.namespace}:events:sample`, 'MAXLEN', '=', '6');
  const entries = await all.redis.xrange(`${all.keys.namespace}:events:sample`, '-', '+');
  for (const [id] of entries.slice(4)) await all.redis.xdel(`${all.keys.namespace}:events:sample`, id);
  await all.relay().drain();
  expect(await logged(all)).toEqual(events.map(({ id }) => id));
  expect(all.problems).toEqual([{ kind: 'log-refilled', domain: 'sample', events: 2 }]);
});

test('a relay that starts on a whole log publishes nothing twice', async () => {
  const all = await stage();
  await all.tell(...manySoldOut(3));
  await all.relay().drain();
  await all.relay().drain();
  expect(await logged(all)).toHaveLength(3);
});

test('the log drops what is older than its retention', async () => {
  const all = await stage();
  const log = redisStreamsLog({ catalogue, redis: all.redis, namespace: all.keys.namespace, retentionMs: -60_000 });
  onTestFinished(() => log.close());
  const relay = all.relay({ log });
  // Redis trims whole blocks, of a hundred entries unless configured otherwise.
  for (let block = 0; block < 3; block += 1) {
    await all.tell(...manySoldOut(200, `block-${block}`));
    await relay.drain();
  }
  expect((await logged(all)).length).toBeLessThan(300);
});

test('a database that is away delays events and loses none', async () => {
  const all = await stage();
  const relay = all.relay();
  relay.start();
  await all.tell(soldOut('before'));
  relay.kick();
  await eventually(async () => expect(await logged(all)).toHaveLength(1));
  const restore = await databaseOutage(all);
  await eventually(() => expect(all.problems.map(({ kind }) => kind)).toContain('relay-failed'));
  await restore();
  await eventually(() => all.tell(soldOut('after')));
  await eventually(async () => expect(await logged(all)).toHaveLength(2));
});

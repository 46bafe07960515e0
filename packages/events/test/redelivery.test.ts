import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';

import { keepDeadLetter } from '../src/dead-letters.ts';
import { type NewEvent, purgeOutbox, requestReplay } from '../src/index.ts';
import { outstanding, running } from './acknowledging.ts';
import { manySoldOut, openHarness, recordEffect, soldOut, type Harness, withOverrides } from './harness.ts';
import { newEvent } from './sample-events.ts';

async function forgetAll({ redis, keys }: Harness): Promise<void> {
  const found = await redis.keys(`${keys.namespace}:*`);
  if (found.length > 0) await redis.del(...found);
}

/** A log that loses what is appended. */
function losingAppended({ log }: Harness): Harness['log'] {
  return withOverrides(log, { append: async () => undefined });
}

test('events have their effects although the log forgets everything again and again', { timeout: 60_000 }, async () => {
  const harness = await openHarness();
  const { relay } = await running(harness);
  for (let round = 0; round < 15; round += 1) {
    await harness.emit(...manySoldOut(20, `round-${round}`));
    relay.kick();
    await eventually(async () => expect((await harness.effects()).length).toBeGreaterThan(round));
    await forgetAll(harness);
  }
  await eventually(async () => expect(new Set(await harness.effects()).size).toBe(300), { timeoutMs: 40_000 });
  await eventually(async () => expect(await outstanding(harness)).toBe(0), { timeoutMs: 20_000 });
  expect(await harness.effects()).toHaveLength(300);
});

test('a redelivery pushes nothing', async () => {
  const harness = await openHarness();
  const pushed: string[] = [];
  const push = ({ key }: { key: string }): [] => {
    pushed.push(key);
    return [];
  };
  const { relay } = await running(harness, { push, log: losingAppended(harness) });
  await harness.emit(soldOut('lost'));
  relay.kick();
  await eventually(async () => expect(await harness.effects()).toEqual(['lost']));
  expect(pushed).toEqual(['lost']);
});

test('an event whose receipt is lost is delivered again, and has its effect once', async () => {
  const harness = await openHarness();
  const { log } = harness;
  let losing = true;
  const takePost: typeof log.takePost = async (domain) => {
    const post = await log.takePost(domain);
    return losing ? { ...post, receipts: [] } : post;
  };
  const relay = harness.relay({ log: withOverrides(log, { takePost }) });
  relay.start();
  harness.consumer().start();
  await eventually(async () => expect(await outstanding(harness)).toBe(0));
  await harness.emit(soldOut('once'));
  relay.kick();
  await eventually(() => expect(harness.problems.map(({ kind }) => kind)).toContain('events-redelivered'));
  expect(await outstanding(harness)).toBe(1);
  losing = false;
  await eventually(async () => expect(await outstanding(harness)).toBe(0), { timeoutMs: 15_000 });
  expect(await harness.effects()).toEqual(['once']);
});

test('what a batch in doubt has pushed is not pushed again', async () => {
  const harness = await openHarness();
  const { log, redis, keys } = harness;
  const listener = redis.duplicate();
  onTestFinished(() => listener.disconnect());
  const heard: string[] = [];
  listener.on('message', (_channel, message) => heard.push(message));
  await listener.subscribe(`${keys.namespace}:push:seats`);
  let doubtful = true;
  const append: typeof log.append = async (...what) => {
    await log.append(...what);
    if (doubtful) throw new Error('the answer did not come in time');
  };
  const relay = harness.relay({
    log: withOverrides(log, { append }),
    push: ({ key }) => [{ channel: 'seats', message: key }],
  });
  await harness.emit(soldOut('first'));
  await expect(relay.drain()).rejects.toThrow('in time');
  await harness.emit(soldOut('second'));
  await expect(relay.drain()).rejects.toThrow('in time');
  doubtful = false;
  await harness.relay({ push: ({ key }) => [{ channel: 'seats', message: key }] }).drain();
  await harness.emit(soldOut('third'));
  await relay.drain();
  await eventually(() => expect(heard).toContain('"third"'));
  expect(heard).toEqual(['"first"', '"second"', '"third"']);
});

test(
  'events wait for a consumer that is away without filling the log, and all arrive when it is back',
  { timeout: 90_000 },
  async () => {
    const harness = await openHarness();
    const { relay, consumer } = await running(harness, { acknowledgedWithinMs: 1 });
    await consumer.stop();
    for (const batch of ['first', 'second']) {
      await harness.emit(...manySoldOut(120, batch));
      relay.kick();
    }
    await eventually(async () => expect(await outstanding(harness)).toBe(240));
    await eventually(() => expect(harness.problems.map(({ kind }) => kind)).not.toContain('relay-failed'));
    expect(await harness.redis.xlen(`${harness.keys.namespace}:redelivered:catalog`)).toBeLessThanOrEqual(200);
    harness.consumer().start();
    await eventually(async () => expect(await harness.effects()).toHaveLength(240), { timeoutMs: 60_000 });
    await eventually(async () => expect(await outstanding(harness)).toBe(0), { timeoutMs: 60_000 });
  },
);

test('a dead letter counts as received, and its replay has the effect once', async () => {
  const harness = await openHarness();
  let poisonous = true;
  const relay = harness.relay();
  relay.start();
  harness
    .consumer({
      handlers: {
        'sample.sold-out': async (event, tx) => {
          if (poisonous) throw new Error('cannot handle this');
          await recordEffect(event, tx);
        },
      },
    })
    .start();
  await eventually(async () => expect(await outstanding(harness)).toBe(0));
  await harness.emit(soldOut('poison'));
  relay.kick();
  await eventually(async () => expect(await harness.deadLetters()).toHaveLength(1));
  await eventually(async () => expect(await outstanding(harness)).toBe(0));
  await requestReplay(harness.client, 'catalog');
  await eventually(async () => expect((await harness.deadLetters())[0]?.attempts).toBe(4));
  poisonous = false;
  // Without a request, after an hour.
  await harness.client.$executeRaw`UPDATE dead_letters SET failed_at = failed_at - interval '61 minutes'`;
  await eventually(async () => expect(await harness.deadLetters()).toEqual([]));
  expect(await harness.effects()).toEqual(['poison']);
});

test('a dead letter waits for a process of its consumer that handles its type', async () => {
  const harness = await openHarness();
  const letter = async (event: NewEvent): Promise<void> => {
    const text = JSON.stringify({ ...event, occurredAt: new Date() });
    await keepDeadLetter(harness.client, 'catalog', { ...event, event: text, error: 'failed', attempts: 3 });
  };
  await letter(soldOut('kept'));
  await letter(newEvent('sample.paid', 'show', { showId: 'show', amount: { amount: 100, currency: 'GBP' } }));
  await requestReplay(harness.client, 'catalog');
  harness.consumer({ handlers: { 'sample.paid': async () => undefined } }).start();
  await eventually(async () => expect((await harness.deadLetters()).length).toBeLessThan(2));
  expect(await harness.deadLetters()).toMatchObject([{ type: 'sample.sold-out' }]);
  harness.consumer().start();
  await eventually(async () => expect(await harness.effects()).toEqual(['kept']));
});

test('several relays of a domain redeliver an event once each time', async () => {
  const harness = await openHarness();
  const log = losingAppended(harness);
  const { relay } = await running(harness, { log });
  await harness.emit(...manySoldOut(50));
  await relay.drain();
  for (let others = 0; others < 3; others += 1) harness.relay({ log, pollMs: 20 }).start();
  await eventually(async () => expect(await outstanding(harness)).toBe(0), { timeoutMs: 10_000 });
  expect(await harness.redis.xlen(`${harness.keys.namespace}:redelivered:catalog`)).toBe(50);
});

test('a purge keeps events that are not published or not acknowledged', async () => {
  const harness = await openHarness();
  const { relay, consumer } = await running(harness);
  await harness.emit(soldOut('acknowledged'));
  relay.kick();
  await eventually(async () => expect(await harness.effects()).toHaveLength(1));
  await eventually(async () => expect(await outstanding(harness)).toBe(0));
  await consumer.stop();
  await harness.emit(soldOut('unacknowledged'));
  relay.kick();
  await eventually(async () => expect(await outstanding(harness)).toBe(1));
  await relay.stop();
  await harness.emit(soldOut('unpublished'));
  await harness.client.$executeRaw`UPDATE outbox_events SET published_at = published_at - interval '8 days'`;
  expect(await purgeOutbox(harness.client, harness.log, 'sample')).toBe(1);
  expect(await harness.client.$queryRaw`SELECT key FROM outbox_events ORDER BY seq`).toEqual([
    { key: 'unacknowledged' },
    { key: 'unpublished' },
  ]);
});

test('the inbox keeps what a domain may deliver again, and all while a domain has not said what', async () => {
  const harness = await openHarness();
  const { relay, consumer } = await running(harness);
  const { client, log } = harness;
  const rows = (): Promise<unknown[]> => client.$queryRaw`SELECT 1 FROM inbox_events`;
  await harness.emit(soldOut('old'));
  relay.kick();
  await eventually(async () => expect(await outstanding(harness)).toBe(0));
  await eventually(async () => expect(await rows()).toHaveLength(1));
  await client.$executeRaw`UPDATE inbox_events SET handled_at = handled_at - interval '20 days'`;
  await consumer.purge();
  expect(await rows()).toHaveLength(1);
  await log.setHorizon('catalog', 'sample', new Date(Date.now() - 21 * 24 * 60 * 60 * 1_000));
  await consumer.purge();
  expect(await rows()).toHaveLength(1);
  await purgeOutbox(client, log, 'sample');
  await consumer.purge();
  expect(await rows()).toHaveLength(0);
});

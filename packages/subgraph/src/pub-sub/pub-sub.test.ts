import { openLog } from '@marquee/telemetry';
import { eventually, freezableProxy, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';

import { pushChannel } from '@marquee/events';

import { eventOriginOf } from './event-origin.ts';
import type { Feed, Resume } from './feed.ts';
import { pubSub } from './pub-sub.ts';

interface Score {
  readonly score: { readonly version: number };
}

/** A score with its channel in a Redis namespace of its own; its "database" is a variable. */
function openScore({ url, namespace } = testRedis()) {
  const [redis, direct] = [new Redis(url), new Redis(testRedis().url)];
  const subject = pubSub({ redis, namespace, log: openLog({ service: 'score', level: 'silent' }) });
  const channel = pushChannel(namespace, 'score');
  onTestFinished(async () => {
    subject.close();
    await Promise.all([redis.quit(), direct.quit()]);
  });
  const database = { version: 0, isAway: false };
  const read = (version: number): Score => {
    if (database.isAway) throw Object.assign(new Error('terminating connection'), { severity: 'FATAL' });
    return { score: { version } };
  };
  const feed = (): Feed<{ version: number }, Score> => ({
    channel: 'score',
    version: database.version,
    isGapless: true,
    eventOf: ({ version }) => read(version),
    missedSince: async () => [read(database.version)],
    versionOf: ({ score }) => score.version,
  });
  const listeners = async () => (await direct.pubsub('NUMSUB', channel))[1];
  const publish = (message: unknown) => direct.publish(channel, JSON.stringify(message));
  const push = (version: number) => publish({ version });
  const change = async () => push((database.version += 1));
  const listen = (resume?: Resume) => {
    const stream = subject.forSubscription(resume).listen(feed());
    onTestFinished(async () => void (await stream.return?.()));
    const next = async () => {
      const { value } = (await stream.next()) as IteratorYieldResult<Score>;
      const { version, gap = false, isStart = false } = eventOriginOf(value) ?? { version: Number.NaN };
      return { version, ...(gap && { gap }), ...(isStart && { isStart }) };
    };
    return { stream, next };
  };
  const listening = () => eventually(async () => expect(await listeners()).toBe(1));
  const loseConnection = async () => {
    const clients = String(await direct.client('LIST'));
    const id = new RegExp(`^id=(\\d+) .* name=${namespace}:pushes `, 'm').exec(clients)?.[1] ?? '';
    await direct.client('KILL', 'ID', id);
  };
  return { database, listen, publish, listening, listeners, push, change, loseConnection };
}

test('each message is one event, in order; one that an earlier event has overtaken is left out', async () => {
  const { listen, listening, change, push } = openScore();
  const { stream, next } = listen({});
  expect(await next()).toEqual({ version: 0, isStart: true });
  const first = next();
  await listening();
  await change();
  expect(await first).toEqual({ version: 1 });
  await push(1);
  await push(0);
  await change();
  expect(await next()).toEqual({ version: 2 });
  expect((await stream.return?.())?.done).toBe(true);
});

test('return() ends a stream that waits for its next message, and its Redis subscription', async () => {
  const { listen, listening, listeners } = openScore();
  const { stream } = listen();
  const next = stream.next();
  await listening();
  await stream.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  await eventually(async () => expect(await listeners()).toBe(0));
});

test('a stream that ends before it is live sends nothing', async () => {
  const { listen } = openScore();
  const [early, live] = [listen({}), listen({})];
  await early.stream.return?.();
  await live.next();
  expect(await early.stream.next()).toEqual({ done: true, value: undefined });
});

test('an invalid message fails the stream and ends its Redis subscription', async () => {
  const { listen, listening, listeners, publish } = openScore();
  const { stream } = listen({});
  await stream.next();
  const next = stream.next();
  await listening();
  await publish(null);
  await expect(next).rejects.toThrow(TypeError);
  await eventually(async () => expect(await listeners()).toBe(0));
});

test('a change that is pushed before the subscription is confirmed arrives', async () => {
  const run = testRedis();
  const proxy = await freezableProxy(run.url);
  const { listen, listening, change } = openScore({ ...run, url: proxy.url });
  const first = listen({});
  await first.next();
  await first.stream.return?.();
  const release = proxy.holdAnswers();
  const { next } = listen();
  await listening();
  await change();
  release();
  expect(await next()).toEqual({ version: 1, gap: true });
});

test('what was pushed while the connection was lost is read again, and said to be after a gap', async () => {
  const { database, listen, change, loseConnection, push } = openScore();
  const { next } = listen({});
  await next();
  await change();
  expect(await next()).toMatchObject({ version: 1 });
  database.version += 3;
  await loseConnection();
  expect(await next()).toEqual({ version: 4, gap: true });
  await push(2);
  await change();
  expect(await next()).toEqual({ version: 5 });
});

test('a lost connection without a change is no gap', async () => {
  const { listen, listening, listeners, change, loseConnection } = openScore();
  const { next } = listen({});
  await next();
  await loseConnection();
  await eventually(async () => expect(await listeners()).toBe(0));
  await listening();
  await change();
  expect(await next()).toMatchObject({ version: 1 });
});

test('a jump of the version means a lost message: the current state is read', async () => {
  const { database, listen, change } = openScore();
  const { next } = listen({});
  await next();
  database.version += 1;
  await change();
  expect(await next()).toEqual({ version: 2, gap: true });
});

test('a reopened subscription begins with what was missed after its last event', async () => {
  const { database, listen } = openScore();
  database.version = 7;
  const { next } = listen({ after: 4 });
  expect([await next(), await next()]).toEqual([
    { version: 4, isStart: true },
    { version: 7, gap: true },
  ]);
});

test('a reader that falls behind gets the current state after a gap', async () => {
  const { database, listen, push } = openScore();
  const { next } = listen({});
  await next();
  for (let version = 1; version <= 300; version += 1) await push(version);
  database.version = 300;
  await push(300);
  await eventually(async () => expect(await next()).toEqual({ version: 300, gap: true }));
});

test('while the database is away a stream waits, and then sends what was missed', async () => {
  const { database, listen, change } = openScore();
  const { next } = listen({});
  await next();
  database.isAway = true;
  await change();
  const event = next();
  await change();
  database.isAway = false;
  expect(await event).toEqual({ version: 2, gap: true });
});

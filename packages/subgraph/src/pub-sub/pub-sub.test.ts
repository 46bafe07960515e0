import { setImmediate } from 'node:timers/promises';
import { eventually, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { pushChannel } from '@marquee/events';

import { type PubSub, pubSub } from './pub-sub.ts';

const { url, namespace } = testRedis();
const redis = new Redis(url);
const channel = pushChannel(namespace, 'seats');
let subject: PubSub;

beforeAll(() => {
  subject = pubSub({ redis, namespace });
});

afterAll(async () => {
  await subject.close();
  await redis.quit();
});

const listeners = async () => (await redis.pubsub('NUMSUB', channel))[1];

/** Redis counts a listener before the client has read the confirmation, without which it drops messages. */
async function listening(): Promise<void> {
  await eventually(async () => expect(await listeners()).toBe(1));
  await setImmediate();
}

const seatsOf = ({ seats }: { seats: string[] }) => ({ seatsChanged: seats.map((seat) => seat.toUpperCase()) });

test('each message becomes the root value of one event, in order', async () => {
  const stream = subject.listen('seats', seatsOf);
  const first = stream.next();
  await listening();
  for (const seats of [['a1'], ['a2', 'a3']]) await redis.publish(channel, JSON.stringify({ seats }));
  expect([(await first).value, (await stream.next()).value]).toEqual([
    { seatsChanged: ['A1'] },
    { seatsChanged: ['A2', 'A3'] },
  ]);
  await stream.return?.();
  await eventually(async () => expect(await listeners()).toBe(0));
});

test('return() ends a stream that waits for its next message, and its Redis subscription', async () => {
  const stream = subject.listen('seats', seatsOf);
  const next = stream.next();
  await listening();
  await stream.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  await eventually(async () => expect(await listeners()).toBe(0));
});

test('an invalid message fails the stream and ends its Redis subscription', async () => {
  const stream = subject.listen('seats', seatsOf);
  const next = stream.next();
  await listening();
  await redis.publish(channel, JSON.stringify({}));
  await expect(next).rejects.toThrow(TypeError);
  await eventually(async () => expect(await listeners()).toBe(0));
});

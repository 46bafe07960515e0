import { eventually, freezableProxy, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import {
  commandConnection,
  connectOnce,
  onResubscribed,
  openRedis,
  readerConnection,
  subscriberConnection,
} from '../src/index.ts';

const FAILED = /timed out|max retries per request/;
const RECOVERED = { timeoutMs: 15_000 };

test('connections that Redis has fallen silent on are replaced, and pub/sub reports it', async () => {
  const { url, namespace: channel } = testRedis();
  const proxy = await freezableProxy(url);
  const redis = openRedis(proxy.url, { onError: () => undefined });
  const [commands, reader, subscriber] = [
    commandConnection(redis),
    readerConnection(redis),
    subscriberConnection(redis, channel),
  ];
  const direct = new Redis(url);
  onTestFinished(() => [redis, commands, reader, subscriber, direct].forEach((connection) => connection.disconnect()));
  const received: string[] = [];
  let missed = 0;
  onResubscribed(subscriber, () => (missed += 1));
  await subscriber.on('message', (_channel, message) => received.push(message)).subscribe(channel);
  await Promise.all([redis.ping(), commands.ping(), reader.ping()]);

  proxy.freeze();
  await direct.publish(channel, 'lost');
  const read = (): Promise<unknown> => reader.blpop(channel, 0.1);
  await Promise.all([
    expect(redis.ping()).rejects.toThrow('timed out'),
    expect(commands.ping()).rejects.toThrow(FAILED),
    expect(read()).rejects.toThrow(FAILED),
    eventually(() => expect(missed).toBe(1), RECOVERED),
  ]);
  await direct.publish(channel, 'arrives');
  await eventually(() => expect(received).toEqual(['arrives']), RECOVERED);
  for (const answers of [() => redis.ping(), () => commands.ping(), read]) await eventually(answers, RECOVERED);
});

test('a connection for pub/sub does not report messages as missed while it has lost none', async () => {
  const { url, namespace: channel } = testRedis();
  const redis = openRedis(url, { onError: () => undefined });
  const subscriber = subscriberConnection(redis, channel);
  onTestFinished(() => [redis, subscriber].forEach((connection) => connection.disconnect()));
  let missed = 0;
  onResubscribed(subscriber, () => (missed += 1));
  await subscriber.subscribe(channel);
  await subscriber.ping();
  expect(missed).toBe(0);
  await redis.client('KILL', 'ID', await subscriber.client('ID'));
  await eventually(() => expect(missed).toBe(1));
});

test('a program that runs once waits longer for a command than for the connection', async () => {
  const { url, namespace: key } = testRedis();
  const redis = await connectOnce(url, { connectTimeoutMs: 300, commandTimeoutMs: 5_000 });
  onTestFinished(() => redis.disconnect());
  expect(await redis.blpop(key, 0.6)).toBeNull();
});

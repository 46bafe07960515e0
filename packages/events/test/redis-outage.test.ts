import { eventually, dedicatedRedis } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { manySoldOut, soldOut, openHarness } from './harness.ts';

for (const durable of [true, false]) {
  test(`no event is lost when Redis is killed and comes back ${durable ? 'with its data' : 'empty'}`, async () => {
    const redis = await dedicatedRedis(durable);
    const harness = await openHarness({ redisUrl: redis.url });
    const relay = harness.relay();
    const consumer = harness.consumer();
    relay.start();
    consumer.start();
    await harness.emit(...manySoldOut(3, 'before'));
    relay.kick();
    await eventually(async () => expect(await harness.effects()).toHaveLength(3));
    await redis.kill();
    await harness.emit(...manySoldOut(3, 'during'));
    relay.kick();
    await eventually(() => expect(harness.problems.map(({ kind }) => kind)).toContain('relay-failed'));
    expect(await harness.effects()).toHaveLength(3);
    await redis.start();
    await eventually(async () => expect(await harness.effects()).toHaveLength(6), { timeoutMs: 10_000 });
    await harness.emit(soldOut('after'));
    relay.kick();
    await eventually(async () => expect(await harness.effects()).toHaveLength(7));
  });
}

test('events that Redis lost before they were handled are handled after all', async () => {
  const redis = await dedicatedRedis(false);
  const harness = await openHarness({ redisUrl: redis.url });
  const relay = harness.relay();
  relay.start();
  await harness.emit(...manySoldOut(3));
  await relay.drain();
  await redis.kill();
  await redis.start();
  const consumer = harness.consumer();
  consumer.start();
  await eventually(async () => expect((await harness.effects()).toSorted()).toEqual(['show-0', 'show-1', 'show-2']));
});

test('a relay and a consumer can be started and stopped while Redis is down', async () => {
  const redis = await dedicatedRedis(true);
  const harness = await openHarness({ redisUrl: redis.url });
  await redis.kill();
  const relay = harness.relay();
  const consumer = harness.consumer();
  relay.start();
  consumer.start();
  await harness.emit(soldOut('patient'));
  await redis.start();
  await eventually(async () => expect(await harness.effects()).toEqual(['patient']), { timeoutMs: 10_000 });
  await redis.kill();
  await Promise.all([relay.stop(), consumer.stop()]);
});

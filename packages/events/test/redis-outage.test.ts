import { eventually, ownRedis } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { changedLog, manySoldOut, soldOut, stage } from './stage.ts';

for (const durable of [true, false]) {
  test(`a Redis that is killed and comes back ${durable ? 'whole' : 'empty'} costs no event`, async () => {
    const redis = await ownRedis(durable);
    const all = await stage({ redisUrl: redis.url });
    const relay = all.relay();
    const consumer = all.consumer();
    relay.start();
    consumer.start();
    await all.tell(...manySoldOut(3, 'before'));
    relay.kick();
    await eventually(async () => expect(await all.effects()).toHaveLength(3));
    await redis.kill();
    await all.tell(...manySoldOut(3, 'during'));
    relay.kick();
    await eventually(() => expect(all.problems.map(({ kind }) => kind)).toContain('relay-failed'));
    expect(await all.effects()).toHaveLength(3);
    await redis.start();
    await eventually(async () => expect(await all.effects()).toHaveLength(6), { timeoutMs: 10_000 });
    await all.tell(soldOut('after'));
    relay.kick();
    await eventually(async () => expect(await all.effects()).toHaveLength(7));
  });
}

test('what an empty Redis lost before it was handled is handled after all', async () => {
  const redis = await ownRedis(false);
  const all = await stage({ redisUrl: redis.url });
  const relay = all.relay();
  relay.start();
  await all.tell(...manySoldOut(3));
  await relay.drain();
  await redis.kill();
  await redis.start();
  const consumer = all.consumer();
  consumer.start();
  await eventually(async () => expect((await all.effects()).toSorted()).toEqual(['show-0', 'show-1', 'show-2']));
});

test('a relay and a consumer start while Redis is away, and stop while it is', async () => {
  const redis = await ownRedis(true);
  const all = await stage({ redisUrl: redis.url });
  await redis.kill();
  const relay = all.relay();
  const consumer = all.consumer();
  relay.start();
  consumer.start();
  await all.tell(soldOut('patient'));
  await redis.start();
  await eventually(async () => expect(await all.effects()).toEqual(['patient']), { timeoutMs: 10_000 });
  await redis.kill();
  await Promise.all([relay.stop(), consumer.stop()]);
});

test('a Redis that comes back empty while a batch is on its way to it is refilled all the same', async () => {
  const redis = await ownRedis(false);
  const all = await stage({ redisUrl: redis.url });
  const { log } = all;
  await all.tell(...manySoldOut(3, 'before'));
  await all.relay().drain();
  let failover: Promise<void> | undefined;
  const relay = all.relay({
    log: changedLog(log, {
      newestEventId: async (domain) => {
        const newest = await log.newestEventId(domain);
        await (failover ??= redis.kill().then(() => redis.start()));
        return newest;
      },
    }),
  });
  relay.start();
  await all.tell(...manySoldOut(3, 'during'));
  relay.kick();
  const consumer = all.consumer();
  consumer.start();
  await eventually(async () => expect(await all.effects()).toHaveLength(6), { timeoutMs: 10_000 });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisProgram } from '@marquee/local-stack/servers';
import { eventually } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';

import { manySoldOut, soldOut, stage } from './stage.ts';

interface OwnRedis {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

/** A Redis that the test may kill and start again on its port. @param durable whether it remembers */
async function ownRedis(durable: boolean): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const persistence = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--save', ''];
  let server: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  const start = async (): Promise<void> => {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, ...persistence];
    server = spawn(redisProgram(), settings, { stdio: 'ignore' });
    const probe = new Redis(url).on('error', () => undefined);
    await eventually(() => probe.ping());
    probe.disconnect();
  };
  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return { url, start, kill };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

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

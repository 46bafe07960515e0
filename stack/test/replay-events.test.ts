import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

import { openHarness, soldOut, type Harness } from '../../packages/events/test/harness.ts';

const root = new URL('../../', import.meta.url);

function replay({ keys }: Harness, ...parameters: string[]): Promise<string> {
  return run({ REDIS_URL: keys.url }, ...parameters, '--namespace', keys.namespace);
}

async function run(environment: NodeJS.ProcessEnv, ...parameters: string[]): Promise<string> {
  const command = ['--import', 'tsx', 'stack/src/replay-events-main.ts', ...parameters];
  return (await promisify(execFile)(process.execPath, command, { cwd: root, env: environment })).stdout;
}

test('the command lists dead letters with their errors, and delivers them again', { timeout: 90_000 }, async () => {
  const harness = await openHarness();
  let poisonous = true;
  const consumer = harness.consumer({
    handlers: {
      'sample.sold-out': async () => {
        if (poisonous) throw new Error('cannot handle this');
      },
    },
  });
  consumer.start();
  await harness.emit(soldOut('poison'));
  await harness.relay().drain();
  await consumer.idle();
  expect(await replay(harness, 'catalog', '--list')).toContain('after 3 attempts: cannot handle this');
  poisonous = false;
  expect(await replay(harness, 'catalog')).toContain('1 dead letters of catalog replayed');
  await consumer.idle();
  expect(await replay(harness, 'catalog')).toBe('0 dead letters of catalog replayed\n');
});

test('without a consumer, the command prints its usage', async () => {
  const harness = await openHarness();
  await expect(replay(harness)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') });
});

test('without REDIS_URL, the command uses the Redis of the local stack, or says that there is none', async () => {
  const { keys } = await openHarness();
  const folder = await mkdtemp(join(tmpdir(), 'marquee-replay-'));
  const replayThere = () => run({ MARQUEE_FOLDER: folder }, 'catalog', '--namespace', keys.namespace);
  await expect(replayThere()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('There is no Redis') });
  await mkdir(join(folder, 'redis'));
  await writeFile(join(folder, 'redis', 'url'), keys.url);
  expect(await replayThere()).toBe('0 dead letters of catalog replayed\n');
  await rm(folder, { recursive: true });
});

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

import { soldOut, stage, type Stage } from '../../packages/events/test/stage.ts';

const root = new URL('../../', import.meta.url);

/** Runs the command as an operator does. */
function replay({ keys }: Stage, ...parameters: string[]): Promise<string> {
  return run({ REDIS_URL: keys.url }, ...parameters, '--namespace', keys.namespace);
}

async function run(environment: NodeJS.ProcessEnv, ...parameters: string[]): Promise<string> {
  const command = ['--import', 'tsx', 'stack/src/replay-events-main.ts', ...parameters];
  return (await promisify(execFile)(process.execPath, command, { cwd: root, env: environment })).stdout;
}

test('the command lists dead letters with their errors, and delivers them again', { timeout: 90_000 }, async () => {
  const all = await stage();
  let poisonous = true;
  const consumer = all.consumer({
    handlers: {
      'sample.sold-out': async () => {
        if (poisonous) throw new Error('cannot digest this');
      },
    },
  });
  consumer.start();
  await all.tell(soldOut('poison'));
  await all.relay().drain();
  await consumer.idle();
  expect(await replay(all, 'catalog', '--list')).toContain('after 3 attempts: cannot digest this');
  poisonous = false;
  expect(await replay(all, 'catalog')).toContain('1 dead letters of catalog replayed');
  await consumer.idle();
  expect(await replay(all, 'catalog')).toBe('0 dead letters of catalog replayed\n');
});

test('the command says how it is used', async () => {
  const all = await stage();
  await expect(replay(all)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') });
});

test('without a Redis named, the command finds the local stack’s, or says that there is none', async () => {
  const { keys } = await stage();
  const folder = await mkdtemp(join(tmpdir(), 'marquee-replay-'));
  const replayThere = () => run({ MARQUEE_FOLDER: folder }, 'catalog', '--namespace', keys.namespace);
  await expect(replayThere()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('There is no Redis') });
  await mkdir(join(folder, 'redis'));
  await writeFile(join(folder, 'redis', 'url'), keys.url);
  expect(await replayThere()).toBe('0 dead letters of catalog replayed\n');
  await rm(folder, { recursive: true });
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

import { soldOut, stage, type Stage } from './stage.ts';

const root = new URL('../../../', import.meta.url);

/** Runs the command as an operator does. */
async function replay({ keys }: Stage, ...parameters: string[]): Promise<string> {
  const command = ['--import', 'tsx', 'packages/events/src/main.ts', ...parameters, '--namespace', keys.namespace];
  const environment = { REDIS_URL: keys.url };
  return (await promisify(execFile)(process.execPath, command, { cwd: root, env: environment })).stdout;
}

test('the command lists dead letters with their errors, and delivers them again', { timeout: 90_000 }, async () => {
  const all = await stage();
  let poisonous = true;
  const consumer = all.consumer({
    handlers: {
      'booking.show-availability-changed': async () => {
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

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { repeatAtRandom, type Scenario } from '../scenario.ts';
import type { World } from '../world.ts';

/** Kills the process of booking, which is started again; in one process there is none, and nothing is killed. */
export const serviceScenarios: readonly Scenario[] = [
  {
    name: 'booking-killed',
    inject: (world, signal) =>
      repeatAtRandom(world, signal, () => killService(world, 'booking'), { leastMs: 5_000, mostMs: 10_000 }),
  },
];

async function killService({ stackPid }: World, name: string): Promise<void> {
  for (const pid of await childrenOf(stackPid)) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.split('\0').some((part) => part.includes(name))) process.kill(pid, 'SIGKILL');
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', `${pid}`]);
  return stdout.trim().split(/\s+/).map(Number);
}

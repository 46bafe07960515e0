import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { repeatAtRandom, type Scenario } from '../scenario.ts';
import type { World } from '../world.ts';

/** Their relays and consumers die with them. */
const KILLED = ['booking', 'payments', 'promotions', 'notifications', 'gateway', 'sandbox-provider'];

export const serviceScenarios: readonly Scenario[] = KILLED.map((name) => ({
  name: `${name}-killed`,
  isDistributed: true,
  inject: (world, signal) =>
    repeatAtRandom(world, signal, () => killService(world, name), { leastMs: 4_000, mostMs: 8_000 }),
}));

/** A service that crashes more than three times a minute is not started again. */
const BETWEEN_KILLS_MS = 15_000;

/** Kills the process of a service, which is started again. */
async function killService({ stackPid }: World, name: string): Promise<void> {
  for (const pid of await childrenOf(stackPid)) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const isIt = commandLine.split('\0').some((part) => part === name || part.endsWith(`/${name}.mjs`));
    if (isIt) process.kill(pid, 'SIGKILL');
  }
  await pause(BETWEEN_KILLS_MS);
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', `${pid}`]);
  return stdout.trim().split(/\s+/).map(Number);
}

import { setTimeout as pause } from 'node:timers/promises';

import type { World } from './world.ts';

/** A kind of fault, injected while seats are sold. */
export interface Scenario {
  readonly name: string;
  /** Whether it needs a process for each service. */
  readonly isDistributed?: boolean;
  /** Whether it needs one process for everything. */
  readonly isOneProcess?: boolean;
  /** Injects faults until the signal aborts, and leaves everything running. @returns how many */
  inject(world: World, signal: AbortSignal): Promise<number>;
  /** Violations of its own after the sale, besides those of every scenario; repeated until there are none. */
  check?(world: World): Promise<readonly string[]>;
}

/** Waits a random time, in milliseconds, or until the signal aborts. */
async function waitBetween(
  { random }: Pick<World, 'random'>,
  signal: AbortSignal,
  leastMs: number,
  mostMs: number,
): Promise<void> {
  await pause(leastMs + random() * (mostMs - leastMs), undefined, { signal }).catch(() => undefined);
}

/** Repeats a fault at random intervals until the signal aborts. @returns how often */
export async function repeatAtRandom(
  world: World,
  signal: AbortSignal,
  fault: () => Promise<void>,
  { leastMs, mostMs }: { readonly leastMs: number; readonly mostMs: number },
): Promise<number> {
  let faults = 0;
  for (;;) {
    await waitBetween(world, signal, leastMs, mostMs);
    if (signal.aborted) return faults;
    await fault();
    faults += 1;
  }
}

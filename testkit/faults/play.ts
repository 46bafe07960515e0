import { setTimeout as pause } from 'node:timers/promises';

import { findViolations } from './invariants.ts';
import { startSales } from './sales.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** The result of a scenario, a row of the summary. */
export interface Outcome {
  readonly scenario: string;
  readonly faults: number;
  readonly paid: number;
  readonly abandoned: number;
  readonly refused: number;
  readonly failed: number;
  /** The time from the end of the sale until nothing was left to do. */
  readonly settledSeconds: number;
  readonly violations: readonly string[];
}

export interface PlayOptions {
  readonly seconds: number;
  readonly buyers: number;
  /** The time to settle, after which what is still wrong counts. */
  readonly settleSeconds: number;
}

const CHECK_EVERY_MS = 1_000;

/** Sells while the scenario's faults are injected, lets everything settle, and checks. */
export async function play(
  world: World,
  scenario: Scenario,
  { seconds, buyers, settleSeconds }: PlayOptions,
): Promise<Outcome> {
  const known = new Set(await findViolations(world));
  const sales = await startSales(world, buyers);
  const faults = await scenario.inject(world, AbortSignal.timeout(seconds * 1_000));
  const count = await sales.stop();
  const endedAt = Date.now();
  const violations = await settled(world, scenario, known, endedAt + settleSeconds * 1_000);
  const settledSeconds = Math.round((Date.now() - endedAt) / 1_000);
  return { scenario: scenario.name, faults, ...count, settledSeconds, violations };
}

/** @param known what an earlier scenario left. @returns what else is wrong at the deadline */
async function settled(
  world: World,
  scenario: Scenario,
  known: ReadonlySet<string>,
  deadline: number,
): Promise<readonly string[]> {
  for (;;) {
    const found = [...(await findViolations(world)), ...((await scenario.check?.(world)) ?? [])];
    const violations = found.filter((violation) => !known.has(violation));
    if (violations.length === 0 || Date.now() > deadline) return violations;
    await pause(CHECK_EVERY_MS);
  }
}

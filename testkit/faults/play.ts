import { setTimeout as pause } from 'node:timers/promises';

import { countEvents } from './events-count.ts';
import { sweepAt } from './invariants/sweep.ts';
import { CUSTOMER_EMAILS, type SalesCount, startSales } from './sales.ts';
import type { Scenario } from './scenario.ts';
import { unfinished } from './unfinished.ts';
import { type Watchers, startWatchers } from './watchers/watchers.ts';
import type { World } from './world.ts';

/** The result of a scenario, a row of the summary. */
export interface Outcome {
  readonly scenario: string;
  readonly faults: number;
  readonly paid: number;
  readonly discounted: number;
  readonly changed: number;
  readonly abandoned: number;
  readonly refused: number;
  readonly failed: number;
  readonly events: number;
  readonly redelivered: number;
  /** Events that live clients received, and the gaps they were told of. */
  readonly pushes: number;
  readonly gaps: number;
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
  const known = new Set([...(await sweepAt(world.databaseUrl)), ...(await unfinished(world))]);
  const before = await countEvents(world);
  const sales = await startSales(world, buyers);
  const watchers = await startWatchers(world, sales.showIds, CUSTOMER_EMAILS);
  try {
    const faults = await scenario.inject(world, AbortSignal.timeout(seconds * 1_000));
    const count = await sales.stop();
    const endedAt = Date.now();
    const deadline = endedAt + settleSeconds * 1_000;
    const left = await settled({ world, scenario, watchers, known, deadline });
    const violations = [...left, ...idleness(faults, count, watchers)];
    const settledSeconds = Math.round((Date.now() - endedAt) / 1_000);
    const after = await countEvents(world);
    return {
      ...{ scenario: scenario.name, faults, ...count },
      ...{ events: after.events - before.events, redelivered: Math.max(0, after.redelivered - before.redelivered) },
      ...{ pushes: watchers.events(), gaps: watchers.gaps(), settledSeconds, violations },
    };
  } finally {
    watchers.stop();
  }
}

/** A run without faults, a sale without payments, or watchers without events, would prove nothing. */
function idleness(faults: number, { paid, discounted }: SalesCount, watchers: Watchers): string[] {
  return [
    ...(faults === 0 ? ['no fault was injected: sell for more minutes'] : []),
    ...(paid === 0 ? ['nobody could pay during the whole sale'] : []),
    ...(discounted === 0 ? ['no booking had a coupon'] : []),
    ...(watchers.events() === 0 ? ['no live client received an event'] : []),
  ];
}

interface Settling {
  readonly world: World;
  readonly scenario: Scenario;
  readonly watchers: Watchers;
  /** Violations that an earlier scenario left. */
  readonly known: ReadonlySet<string>;
  readonly deadline: number;
}

/** @returns what is wrong at the deadline */
async function settled({ world, scenario, watchers, known, deadline }: Settling): Promise<readonly string[]> {
  for (;;) {
    const checks = [
      sweepAt(world.databaseUrl),
      unfinished(world),
      scenario.check?.(world) ?? [],
      watchers.violations(),
    ];
    const found = (await Promise.all(checks)).flat();
    const violations = found.filter((violation) => !known.has(violation));
    if (violations.length === 0 || Date.now() > deadline) return violations;
    await pause(CHECK_EVERY_MS);
  }
}

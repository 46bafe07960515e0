import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '@marquee/stack/command';

import { type Outcome, play } from './play.ts';
import type { Scenario } from './scenario.ts';
import { postgresScenarios } from './scenarios/postgres.ts';
import { processScenarios } from './scenarios/process.ts';
import { randomScenarios } from './scenarios/random.ts';
import { redisScenarios } from './scenarios/redis.ts';
import { serviceScenarios } from './scenarios/services.ts';
import { webhookScenarios } from './scenarios/webhooks.ts';
import { openWorld, type WorldOptions } from './world.ts';

const SCENARIOS: readonly Scenario[] = [
  ...redisScenarios,
  ...postgresScenarios,
  ...processScenarios,
  ...webhookScenarios,
  ...randomScenarios,
  ...serviceScenarios,
];

const USAGE = `Usage: npm run test:faults -- [options]

Sells seats while faults are injected, then sweeps all databases for broken invariants.
  --minutes <n>      of each scenario; 0.2 by default
  --scenario <name>  only this one, repeatable: ${SCENARIOS.map(({ name }) => name).join(', ')}
  --buyers <n>       at once; 8 by default
  --settle <n>       seconds in which everything has to settle after the sale; 120 by default
  --seed <n>         of the faults' times and the buyers' choices; 1 by default
  --distributed      a process for each service; needed by ${serviceScenarios.map(({ name }) => name).join(', ')}
`;

/** Holds and bookings expire within a minute, so that abandoned ones settle; a few accounts buy all. */
const ENVIRONMENT = {
  RATE_LIMITS: 'off',
  // The buyers of the faults behave like nobody.
  ACTIVITY_RISK_LEVELS: 'off',
  BOOKING_HOLD_SECONDS: '20',
  BOOKING_WARN_SECONDS: '5',
  BOOKING_PAYMENT_SECONDS: '30',
  BOOKING_MAX_SEATS_PER_CUSTOMER: '1000',
  BOOKING_MAX_UNPAID_SEATS: '1000',
  BOOKING_UNPAID_SECONDS: '3600',
};

const OPTIONS = {
  minutes: { type: 'string', default: '0.2' },
  scenario: { type: 'string', multiple: true },
  buyers: { type: 'string', default: '8' },
  settle: { type: 'string', default: '120' },
  seed: { type: 'string', default: '1' },
  distributed: { type: 'boolean', default: false },
} as const;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const chosen = SCENARIOS.filter(
    ({ name, isDistributed = false, isOneProcess = false }) =>
      (values.scenario?.includes(name) ?? true) && !(values.distributed ? isOneProcess : isDistributed),
  );
  const [minutes, buyers, settleSeconds, seed] = [values.minutes, values.buyers, values.settle, values.seed].map(
    Number,
  );
  if (chosen.length === 0 || ![minutes, buyers, settleSeconds, seed].every(Number.isFinite)) {
    throw new UsageError();
  }
  const logFile = join(tmpdir(), `marquee-faults-${process.pid}.log`);
  const topology: WorldOptions['topology'] = values.distributed ? 'stack-distributed' : 'stack';
  process.stdout.write(`The log of the stack is ${logFile}\n`);
  const world = await openWorld({ topology, seed: seed ?? 1, logFile, environment: ENVIRONMENT });
  const outcomes: Outcome[] = [];
  try {
    for (const scenario of chosen) {
      process.stdout.write(`${scenario.name}…\n`);
      const seconds = (minutes ?? 0) * 60;
      const outcome = await play(world, scenario, { seconds, buyers: buyers ?? 1, settleSeconds: settleSeconds ?? 0 });
      process.stdout.write(`  settled in ${outcome.settledSeconds} s; ${outcome.violations.length} violations\n`);
      outcomes.push(outcome);
    }
  } finally {
    await world.stop();
  }
  return report(outcomes);
}

/** @returns the exit code */
function report(outcomes: readonly Outcome[]): number {
  console.table(outcomes.map(({ violations, ...counts }) => ({ ...counts, violations: violations.length })));
  for (const { scenario, violations } of outcomes) {
    for (const violation of violations.slice(0, 20)) process.stdout.write(`${scenario}: ${violation}\n`);
  }
  return outcomes.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

await runCommand(USAGE, main);

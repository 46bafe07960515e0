import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '@marquee/stack/command';

import { openWorld } from '../faults/world.ts';
import { CASES } from './cases.ts';
import { openPeople } from './people.ts';
import { type Outcome, play, playAlone } from './play.ts';

const USAGE = `Usage: npm run test:hostile -- [options]

Attacks a stack of its own with a customer of another network beside it, and prints what both got.
  --minutes <n>     of each attack, below 15, in which limits are counted; 0.03 by default
  --attack <name>   only this one, repeatable: ${CASES.map(({ attack }) => attack.name).join(', ')}
`;

const OPTIONS = {
  minutes: { type: 'string', default: '0.03' },
  attack: { type: 'string', multiple: true },
} as const;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const chosen = CASES.filter(({ attack }) => values.attack?.includes(attack.name) ?? true);
  const seconds = Math.ceil(Number(values.minutes) * 60);
  if (chosen.length === 0 || !(seconds > 0 && seconds < 900)) {
    throw new UsageError();
  }
  const logFile = join(tmpdir(), `marquee-hostile-${process.pid}.log`);
  process.stdout.write(`The log of the stack is ${logFile}\n`);
  const environment = { RATE_LIMITS: 'on', TRUSTED_PROXIES: '1' };
  const world = await openWorld({ topology: 'stack', seed: 1, logFile, environment });
  const outcomes: Outcome[] = [];
  try {
    const { bystander, targetOf } = await openPeople(world);
    outcomes.push(await playAlone(bystander, seconds));
    for (const [index, each] of chosen.entries()) {
      process.stdout.write(`${each.attack.name}…\n`);
      outcomes.push(await play(world, each, { target: await targetOf(index), bystander, seconds }));
    }
    await bystander.close();
  } finally {
    await world.stop();
  }
  return report(outcomes);
}

/** @returns the exit code */
function report(outcomes: readonly Outcome[]): number {
  console.table(
    outcomes.map(({ attack, felt, violations }) => ({
      attack,
      'bystander p50 ms': felt.p50,
      'p99 ms': felt.p99,
      answered: felt.answered,
      events: felt.events,
      errors: felt.errors.length,
      violations: violations.length,
    })),
  );
  for (const { attack, got } of outcomes) if (got !== '') process.stdout.write(`${attack} got: ${got}\n`);
  for (const { attack, violations } of outcomes) {
    for (const violation of violations.slice(0, 20)) process.stdout.write(`VIOLATED ${attack}: ${violation}\n`);
  }
  const violated = outcomes.filter(({ violations }) => violations.length > 0).length;
  process.stdout.write(
    violated === 0
      ? '\nNo attack got more than it may, and the bystander was refused nothing.\n'
      : `\n${violated} of ${outcomes.length} plays were not as they should be: see VIOLATED above.\n`,
  );
  return violated === 0 ? 0 : 1;
}

await runCommand(USAGE, main);

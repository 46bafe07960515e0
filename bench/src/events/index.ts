import { atLeast, type BenchmarkOptions, machine } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';
import { allRound, consumerRound, limitRounds, relayRound, type Round } from './rounds.ts';
import { openWorld } from './world.ts';

const FULL_EVENTS = 200_000;
const QUICK_EVENTS = 30_000;
const RELAY_EVENTS_PER_SECOND = 10_000;

/**
 * Measures how many events a second go from outbox to stream to effect, beside what Postgres and Redis do with the same
 * rows and bytes alone. Sets the exit code when the relay misses its target.
 */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const rounds = await measure(quick ? QUICK_EVENTS : FULL_EVENTS);
  const relays = rounds.filter(({ what }) => what.startsWith('outbox'));
  const targets = relays.map(({ what, eventsPerSecond }) => atLeast(what, eventsPerSecond, RELAY_EVENTS_PER_SECOND));
  const report = { benchmark: 'events', machine: machine(), rounds, targets };
  console.log(json ? JSON.stringify(report, null, 2) : `${textOf(rounds)}\n\n${targetsText(targets)}`);
  if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

async function measure(count: number): Promise<Round[]> {
  const world = await openWorld();
  try {
    // The consumer is known from the first round on, so that the relays expect its acknowledgements.
    const rounds = [await allRound(world, count)];
    for (const relays of [1, 2]) rounds.push(await relayRound(world, count, relays));
    rounds.push(await consumerRound(world, 2 * count));
    return [...rounds, ...(await limitRounds(world, count))];
  } finally {
    await world.stop();
  }
}

function textOf(rounds: readonly Round[]): string {
  const rows = rounds.map(({ what, eventsPerSecond, workers, servers }) => [what, eventsPerSecond, workers, servers]);
  return table([['', 'events/s', 'processor, µs/event', 'in Postgres and Redis'], ...rows]);
}

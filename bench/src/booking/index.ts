import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../../../scripts/lib/programs.mjs';
import { type BenchmarkOptions, machine } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';
import { beginRecording, type Limit, replayRecording } from './limit.ts';
import { Measurement, type Round } from './measure.ts';
import { type Figures, processorOf, statementsOf, targetsOf } from './targets.ts';
import { openWorld, type Servers, startServers, type Topology } from './world.ts';

const CUSTOMERS = [1, 40, 200] as const;
const FULL_SECONDS = 20;
const QUICK_SECONDS = 6;

/**
 * Measures sales through the public endpoint in one process and distributed, and what a bare client reaches with the same
 * transactions. Sets the exit code when a target is missed.
 */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  await buildPrograms();
  const logFile = join(tmpdir(), `marquee-bench-booking-${process.pid}.log`);
  const seconds = quick ? QUICK_SECONDS : FULL_SECONDS;
  const one = await onServers(async (servers) => ({
    figures: await measure(servers, 'stack', seconds, logFile),
    limit: await findLimit(servers, seconds, logFile),
  }));
  const distributed = await onServers((servers) => measure(servers, 'stack-distributed', seconds, logFile));
  const all = [one.figures, distributed];
  const targets = targetsOf(one.figures, one.limit);
  const report = { benchmark: 'booking', machine: machine(), figures: all, limit: one.limit, targets };
  console.log(json ? JSON.stringify(report, null, 2) : `${textOf(all, one.limit)}\n\n${targetsText(targets)}`);
  if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

async function onServers<T>(work: (servers: Servers) => Promise<T>): Promise<T> {
  const servers = await startServers();
  try {
    return await work(servers);
  } finally {
    await servers.stop();
  }
}

async function measure(servers: Servers, topology: Topology, seconds: number, logFile: string): Promise<Figures> {
  const measurement = await Measurement.open(
    servers,
    await openWorld(servers, topology, logFile),
    Math.max(...CUSTOMERS),
  );
  try {
    const rounds: Round[] = [];
    for (const customers of CUSTOMERS) {
      const round = await measurement.round(customers, seconds);
      console.error(`${topology}, ${customers} customers: ${round.salesPerSecond.toFixed(1)} sales/s`);
      rounds.push(round);
    }
    return { topology, rounds, fight: await measurement.fight(200, 50, seconds) };
  } finally {
    await measurement.close();
  }
}

/** Sells once more while the statements are recorded, and replays them. */
async function findLimit(servers: Servers, seconds: number, logFile: string): Promise<Limit> {
  console.error('stack, recorded for the bare client');
  await beginRecording(servers);
  const measurement = await Measurement.open(servers, await openWorld(servers, 'stack', logFile), 40);
  await measurement.round(40, seconds).finally(() => measurement.close());
  console.error('bare client');
  return replayRecording(servers);
}

function textOf(figures: readonly Figures[], limit: Limit): string {
  const rounds = figures.flatMap(({ topology, rounds: all }) => all.map((round) => ({ topology, round })));
  const speed = rounds.map(({ topology, round }) => [
    `${topology}, ${round.customers}`,
    ...[round.salesPerSecond, round.hold.p50, round.hold.p95, round.book.p50, round.book.p95],
    ...[round.pay.p50, round.pay.p95, round.confirmed.p50, round.confirmed.p95],
    ...[
      statementsOf(round),
      round.spent.commits,
      round.spent.walBytes / 1024,
      processorOf(round),
      round.failures.length,
    ],
  ]);
  const latencies = ['hold', 'book', 'pay', 'confirmed'].flatMap((step) => [`${step} p50`, `p95 ms`]);
  const head = ['customers', 'sales/s', ...latencies, 'statements', 'commits', 'WAL KB', 'CPU ms', 'failures'];
  const fights = figures.map(({ topology, fight }) => [
    `${topology}, ${fight.customers} for ${fight.seats} seats`,
    ...[fight.sold, fight.soldTwice, fight.hold.p50, fight.hold.p95],
  ]);
  const failures = new Set(rounds.flatMap(({ round }) => round.failures));
  return [
    table([head, ...speed]),
    ...rounds
      .filter(({ round }) => round.customers === 40)
      .map(({ topology, round }) => `${topology}, by sale: ${partsOf(round)}`),
    table([['fight', 'sold', 'sold twice', 'hold p50', 'p95 ms'], ...fights]),
    `bare client: ${limit.salesPerSecond.toFixed(0)} sales/s, ${(limit.confirmed * 100).toFixed(1)} % of the recorded sales confirmed, ${limit.failedStatements} statements failed`,
    ...[...failures].slice(0, 5).map((failure) => `failure: ${failure}`),
  ].join('\n\n');
}

function partsOf({ spent }: Round): string {
  const processor = Object.entries(spent.processor).map(([name, value]) => `${name} ${(value * 1_000).toFixed(2)} ms`);
  const statements = Object.entries(spent.statements).map(([name, value]) => `${name} ${value.toFixed(1)}`);
  return `${processor.join(', ')}; statements: ${statements.join(', ')}`;
}

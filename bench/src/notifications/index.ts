import { setTimeout as pause } from 'node:timers/promises';
import { below, type BenchmarkOptions, machine } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';
import { cancelFor, type FanOut, type Sales, sellUntil } from './measure.ts';
import { openNotificationsWorld } from './world.ts';

const FULL = { people: 10_000, quietMs: 10_000 };
const QUICK = { people: 2_000, quietMs: 3_000 };
/** Of so many browsers one never answers. */
const SILENT_ONE_IN = 100;
const FAN_OUT_SECONDS = 60;
/** Jobs look for work each second, or half. */
const SALE_MS = 2_000;
const WAYS = ['inApp', 'pushed', 'mailed'] as const;

/**
 * Measures how long it takes to tell everybody of a cancelled show, in the app, by push and by mail, and what those notice
 * who book meanwhile. Sets the exit code when it takes a minute, or delays them.
 */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const { people: count, quietMs } = quick ? QUICK : FULL;
  const people = Array.from({ length: count }, (_, number) => `usr_${number}`);
  const silent = new Set(people.filter((_, number) => number % SILENT_ONE_IN === 0));
  const world = await openNotificationsWorld(silent);
  try {
    await world.subscribe(people);
    const quiet = await sellUntil(world, 'quiet', pause(quietMs));
    const fanOut = await cancelFor(world, { people, silent });
    const targets = [
      below('everybody is told in the app, s', fanOut.inAppSeconds, FAN_OUT_SECONDS),
      below('everybody whose browser answers is pushed to, s', fanOut.pushedSeconds, FAN_OUT_SECONDS),
      below('everybody is mailed, s', fanOut.mailedSeconds, FAN_OUT_SECONDS),
      below('a confirmation meanwhile, in the app, p95 ms', quantile(fanOut.sales.inApp, 0.95), SALE_MS),
      below('a confirmation meanwhile, pushed, p95 ms', quantile(fanOut.sales.pushed, 0.95), SALE_MS),
      below('a confirmation meanwhile, mailed, p95 ms', quantile(fanOut.sales.mailed, 0.95), SALE_MS),
    ];
    const report = { benchmark: 'notifications', machine: machine(), people: count, quiet: summary(quiet) };
    const all = { ...report, fanOut: { ...fanOut, sales: summary(fanOut.sales) }, targets };
    console.log(json ? JSON.stringify(all, null, 2) : `${textOf(quiet, fanOut)}\n\n${targetsText(targets)}`);
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await world.stop();
  }
}

function textOf(quiet: Sales, { sales, inAppSeconds, pushedSeconds, mailedSeconds, perPerson }: FanOut): string {
  const row = (what: string, of: Sales): (string | number)[] => [what, ...Object.values(summary(of))];
  const heads = ['confirmations, ms', ...['in app', 'pushed', 'mailed'].flatMap((way) => [`${way} p50`, 'p95', 'max'])];
  const fanOut = [
    ['cancellation of a show', 'in app, s', 'pushed, s', 'mailed, s', 'processor, µs/person'],
    ['', inAppSeconds, pushedSeconds, mailedSeconds, perPerson],
  ];
  return `${table(fanOut)}\n\n${table([heads, row('quiet', quiet), row('meanwhile', sales)])}`;
}

function summary(sales: Sales): Readonly<Record<string, number>> {
  const of = (name: string, times: readonly number[]) => ({
    [`${name}P50`]: quantile(times, 0.5),
    [`${name}P95`]: quantile(times, 0.95),
    [`${name}Max`]: Math.max(...times),
  });
  return Object.assign({}, ...WAYS.map((way) => of(way, sales[way]))) as Record<string, number>;
}

function quantile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

import { performance } from 'node:perf_hooks';
import { atLeast, atMost, type BenchmarkOptions, machine, type Target } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';
import { type Contender, ilike, marquee, tsRank } from './contenders.ts';
import { queriesOf, type Query } from './queries.ts';
import { openWorld } from './world.ts';

const SIZES = { full: [2_000, 100_000, 1_000_000], quick: [2_000, 20_000] };
/** Queries of each kind. */
const OF_EACH = { full: 40, quick: 8 };
/** Queries at once, as two cores are busy with. */
const AT_ONCE = 4;
/** A contender is not asked for longer than this: reading every row takes minutes. */
const PATIENCE_MS = 30_000;

interface Figures {
  readonly size: number;
  readonly contender: string;
  readonly asked: number;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
  readonly perSecond: number;
  /** p95 by kind of query. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** Measures searches at several sizes beside a plain `ILIKE` and a plain `ts_rank` on the same rows. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const figures: Figures[] = [];
  for (const size of quick ? SIZES.quick : SIZES.full) {
    console.error(`${size} documents…`);
    const world = await openWorld(size);
    try {
      const queries = queriesOf(world.sample, quick ? OF_EACH.quick : OF_EACH.full);
      for (const contender of [marquee(world.client), tsRank(world.client), ilike(world.client)]) {
        figures.push(await measure(contender, size, queries));
        console.error(JSON.stringify(figures.at(-1)));
      }
    } finally {
      await world.stop();
    }
  }
  report(figures, json);
}

async function measure(contender: Contender, size: number, queries: readonly Query[]): Promise<Figures> {
  for (const { text } of queries.slice(0, 10)) await contender.ask(text);
  const times: { kind: string; ms: number }[] = [];
  const until = performance.now() + PATIENCE_MS;
  for (const { kind, text } of queries) {
    if (performance.now() > until) break;
    const from = performance.now();
    await contender.ask(text);
    times.push({ kind, ms: performance.now() - from });
  }
  const all = times.map(({ ms }) => ms);
  const kinds = Object.fromEntries(
    [...new Set(times.map(({ kind }) => kind))].map((kind) => [
      kind,
      percentile(
        times.filter((time) => time.kind === kind).map(({ ms }) => ms),
        0.95,
      ),
    ]),
  );
  return {
    ...{ size, contender: contender.name, asked: times.length, kinds, worst: Math.max(...all) },
    ...{ p50: percentile(all, 0.5), p95: percentile(all, 0.95) },
    perSecond: await throughput(contender, queries.slice(0, times.length)),
  };
}

/** Queries a second, some at once. */
async function throughput(contender: Contender, queries: readonly Query[]): Promise<number> {
  const from = performance.now();
  const until = from + PATIENCE_MS;
  const waiting = [...queries];
  let asked = 0;
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next && performance.now() < until; next = waiting.pop()) {
      await contender.ask(next.text);
      asked += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (1_000 * asked) / (performance.now() - from);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function report(figures: readonly Figures[], json: boolean): void {
  const targets = targetsOf(figures);
  const head = ['documents', 'contender', 'asked', 'p50 ms', 'p95 ms', 'worst ms', 'searches/s'];
  const rows = figures.map((each) => [
    ...[`${each.size}`, each.contender, `${each.asked}`, each.p50, each.p95, each.worst, each.perSecond],
  ]);
  const ours = figures.filter(({ contender }) => contender === 'marquee');
  const kinds = Object.keys(ours[0]?.kinds ?? {});
  const byKind = [
    ['p95 ms by kind', ...ours.map(({ size }) => `${size}`)],
    ...kinds.map((kind) => [kind, ...ours.map((each) => each.kinds[kind] ?? 0)]),
  ];
  const text = [table([head, ...rows]), table(byKind), targetsText(targets)];
  const all = { benchmark: 'search', machine: machine(), figures, targets };
  console.log(json ? JSON.stringify(all, null, 2) : text.join('\n\n'));
  if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

/** Typesense publishes 104 searches a second over 2.2 million records, on four cores. */
const ANCHOR_PER_SECOND = 104;

function targetsOf(figures: readonly Figures[]): Target[] {
  const largest = Math.max(...figures.map(({ size }) => size));
  const at = (name: string): Figures | undefined =>
    figures.find(({ size, contender }) => size === largest && contender === name);
  const [ours, like, rank] = [at('marquee'), at('ILIKE'), at('ts_rank')];
  return [
    atLeast(`searches a second at ${largest}`, ours?.perSecond ?? 0, ANCHOR_PER_SECOND),
    atMost(`p95 at ${largest}, ms`, ours?.p95 ?? Number.POSITIVE_INFINITY, 100),
    atLeast(`searches a second at ${largest}, of ILIKE's`, (ours?.perSecond ?? 0) / (like?.perSecond ?? 1), 10),
    atLeast(`searches a second at ${largest}, of ts_rank's`, (ours?.perSecond ?? 0) / (rank?.perSecond ?? 1), 1),
  ];
}

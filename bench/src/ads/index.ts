import { atLeast, type BenchmarkOptions, machine } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';
import { CONTENDERS } from './contenders.ts';
import { type Market, openMarket, type Round } from './market.ts';

const FULL = { seconds: 15, repeats: 3 };
const QUICK = { seconds: 4, repeats: 1 };
const LEAST = 1_000;

/** Measures auctions that reserve what they cost, by turns beside peers; the process and its Postgres share one core. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const market = await openMarket();
  try {
    const rounds = await roundsOf(market, quick ? QUICK : FULL);
    report(rounds, json);
  } finally {
    await market.stop();
  }
}

async function roundsOf(market: Market, { seconds, repeats }: typeof FULL): Promise<Map<string, Round>> {
  const all = new Map<string, Round[]>();
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    for (const name of Object.keys(CONTENDERS)) {
      const round = await market.hold(name, seconds);
      console.error(`${name}: ${speedOf(round).toFixed(0)} auctions/s`);
      all.set(name, [...(all.get(name) ?? []), round]);
    }
  }
  return new Map([...all].map(([name, rounds]) => [name, medianOf(rounds)]));
}

const speedOf = ({ auctions, seconds }: Round): number => auctions / seconds;

/** The round of the median speed. */
function medianOf(rounds: readonly Round[]): Round {
  const sorted = rounds.toSorted((one, other) => speedOf(one) - speedOf(other));
  const median = sorted[sorted.length >> 1];
  if (!median) throw new Error('no round');
  return median;
}

function report(rounds: ReadonlyMap<string, Round>, json: boolean): void {
  const marquee = rounds.get('marquee');
  if (!marquee) throw new Error('marquee was not measured');
  const targets = [
    atLeast('auctions a second on one core, Postgres included', speedOf(marquee), LEAST),
    atLeast('auctions that were won', marquee.won / marquee.auctions, 0.99),
  ];
  const rows = [...rounds].map(([name, round]) => {
    const micros = (of: number): number => (of * 1e6) / round.auctions;
    const perSecond = round.auctions / (round.processor + round.postgres);
    return [name, speedOf(round), perSecond, round.p50, round.p95, micros(round.processor), micros(round.postgres)];
  });
  const head = ['contender', 'auctions/s', 'a second of processor', 'p50 ms', 'p95 ms', 'process µs', 'Postgres µs'];
  const all = { benchmark: 'ads', machine: machine(), rounds: Object.fromEntries(rounds), targets };
  console.log(json ? JSON.stringify(all, null, 2) : `${table([head, ...rows])}\n\n${targetsText(targets)}`);
  if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

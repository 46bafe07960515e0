import { type Auction, CONTENDERS } from './contenders.ts';
import { CITIES, VIEWERS } from './market.ts';

/** The work of a contender in some seconds. */
export interface Held {
  readonly auctions: number;
  readonly won: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p95: number;
  /** Seconds of processor of this process. */
  readonly processor: number;
}

const CALLERS = 64;

// A contender in a process of its own: `worker-main.ts <contender> <database> <redis>`; a message names the seconds.
const [name = '', databaseUrl = '', redisUrl = ''] = process.argv.slice(2);
const ask = await CONTENDERS[name]?.(databaseUrl, redisUrl);
if (!ask) throw new Error(`There is no contender ${name}`);
process.on('message', (seconds: number) => void hold(ask, seconds).then((held) => process.send?.(held)));
process.send?.('ready');

async function hold(auction: Auction, seconds: number): Promise<Held> {
  const times: number[] = [];
  const [start, before] = [performance.now(), process.cpuUsage()];
  const end = start + seconds * 1_000;
  let won = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      const asked = performance.now();
      const ads = await auction({ cityId: `cty_${pick(CITIES)}`, viewerKey: `usr_${pick(VIEWERS)}` });
      won += ads;
      times.push(performance.now() - asked);
      // An answer without waiting lets others have their turn.
      if (times.length % 1_000 === 0) await new Promise(setImmediate);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const { user, system } = process.cpuUsage(before);
  const sorted = times.toSorted((one, other) => one - other);
  const quantile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return {
    ...{ auctions: times.length, won, seconds: (performance.now() - start) / 1_000 },
    ...{ p50: quantile(0.5), p95: quantile(0.95), processor: (user + system) / 1e6 },
  };
}

const pick = (count: number): number => Math.floor(Math.random() * count);

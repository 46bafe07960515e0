import { Connection } from './client.ts';
import { MODES, startSubject, type Subject } from './setup.ts';

/** Each round takes about a tenth of a second, so that disturbances affect all modes alike. */
const WORKLOADS = [
  {
    name: 'small',
    requests: 400,
    query: 'query Small { topProducts(first: 3) { upc name price reviews { id body } } }',
  },
  {
    name: 'large',
    requests: 100,
    query: `query Large {
    users { id username name reviews { id body product { upc name price inStock shippingEstimate reviews { id body } } } }
    topProducts { upc name inStock reviews { id body author { id username name reviews { id body } } } }
  }`,
  },
] as const;
type Workload = (typeof WORKLOADS)[number];

const CONNECTIONS = 8;
const WARM_UP_ROUNDS = 8;

export interface TelemetryCost {
  readonly query: string;
  readonly mode: string;
  /** CPU time per request, with client and subgraphs, in µs: the median of the rounds. */
  readonly microseconds: number;
  /** The ratio to the same round with everything off: the median of the rounds. */
  readonly ratio: number;
}

/**
 * Measures the cost of telemetry on the gateway's hot path, in one process and by CPU time, so that other load on the
 * machine matters little. The modes alternate within each round.
 */
export async function run({ json = false, quick = false }: { json?: boolean; quick?: boolean }): Promise<void> {
  const costs: TelemetryCost[] = [];
  for (const workload of WORKLOADS) costs.push(...(await compare(workload, quick ? 10 : 60)));
  if (json) process.stdout.write(`${JSON.stringify({ benchmark: 'telemetry', costs }, null, 2)}\n`);
  else for (const each of costs) process.stdout.write(`${lineOf(each)}\n`);
}

function lineOf({ query, mode, microseconds, ratio }: TelemetryCost): string {
  return `${query.padEnd(6)} ${mode.padEnd(26)} ${microseconds.toFixed(0).padStart(6)} µs  ${ratio.toFixed(3)}`;
}

async function compare({ name, query, requests }: Workload, rounds: number): Promise<TelemetryCost[]> {
  const body = JSON.stringify({ query });
  const subjects = await Promise.all(MODES.map(startSubject));
  const samples: number[][] = subjects.map(() => []);
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const [index, subject] of subjects.entries()) {
      const sample = await cost(subject, body, requests);
      if (round >= 0) samples[index]?.push(sample);
    }
  }
  for (const subject of subjects) await subject.stop();
  const off = samples[0] ?? [];
  return subjects.map(({ mode }, index) => {
    const own = samples[index] ?? [];
    const ratios = own.map((sample, round) => sample / (off[round] ?? Number.NaN));
    return { query: name, mode: mode.name, microseconds: median(own), ratio: median(ratios) };
  });
}

/** CPU time per request, in µs. */
async function cost({ port }: Subject, body: string, requests: number): Promise<number> {
  const connections = Array.from({ length: CONNECTIONS }, () => new Connection(port, body));
  const before = process.cpuUsage();
  let left = requests;
  const ask = async (connection: Connection): Promise<void> => {
    while (left-- > 0) {
      const answer = await connection.ask();
      if (!answer.startsWith('{"data":')) throw new Error(`An unexpected answer: ${answer.slice(0, 200)}`);
    }
  };
  await Promise.all(connections.map(ask));
  const { user, system } = process.cpuUsage(before);
  for (const connection of connections) connection.close();
  return (user + system) / requests;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

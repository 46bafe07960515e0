import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { type BenchmarkOptions, machine } from '../benchmark.ts';
import { table } from '../report.ts';
import { MODES, startSubject } from '../telemetry/setup.ts';

const ENCODINGS = ['identity', 'gzip', 'br'] as const;
const FIELDS = 'upc name price inStock reviews { id body author { id username name } }';
const products = (name: string) => `${name}: topProducts(first: 5) { ${FIELDS} }`;
/** Responses of 1.5, 5 and 50 KB. */
const QUERIES = [
  `{ topProducts(first: 1) { ${FIELDS} } }`,
  ...[1, 10].map((count) => `{ ${Array.from({ length: count }, (_, n) => products(`p${n}`)).join(' ')} }`),
];
const CONNECTIONS = 8;
const WARM_UP_ROUNDS = 3;

interface Sample {
  readonly bytes: number;
  /** CPU time per request, with client and subgraphs, µs. */
  readonly microseconds: number;
}

interface CompressionCost extends Sample {
  readonly response: string;
  readonly encoding: string;
  readonly share: number;
  readonly ratio: number;
}

interface LevelCost extends Sample {
  readonly response: string;
  readonly level: string;
}

/**
 * Measures compressed responses beside the same ones uncompressed, through the gateway and in one process, and the
 * levels of both formats alone.
 */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const subject = await startSubject(MODES[0] as (typeof MODES)[number]);
  const agent = new Agent({ connections: CONNECTIONS });
  const url = `http://127.0.0.1:${subject.port}/graphql`;
  try {
    const costs: CompressionCost[] = [];
    const levels: LevelCost[] = [];
    for (const query of QUERIES) {
      const ask = (encoding: string) => askOnce(url, agent, query, encoding);
      const text = await ask('identity');
      costs.push(...(await compare(`${text.length} bytes`, ask, quick ? 5 : 30)));
      levels.push(...levelsOf(text, quick ? 20 : 200));
    }
    const report = { benchmark: 'compression', machine: machine(), costs, levels };
    console.log(json ? JSON.stringify(report, null, 2) : `${textOf(costs)}\n\n${levelsText(levels)}`);
  } finally {
    await agent.close();
    await subject.stop();
  }
}

type Ask = (encoding: string) => Promise<Buffer>;

async function askOnce(url: string, dispatcher: Agent, query: string, encoding: string): Promise<Buffer> {
  const headers = { 'content-type': 'application/json', 'accept-encoding': encoding };
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
    dispatcher,
  });
  if (statusCode !== 200) throw new Error(`An unexpected answer: ${statusCode}`);
  return Buffer.from(await body.arrayBuffer());
}

/** The encodings alternate within each round, so that disturbances affect all alike. */
async function compare(response: string, ask: Ask, rounds: number): Promise<CompressionCost[]> {
  const samples = ENCODINGS.map((): Sample[] => []);
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const [index, encoding] of ENCODINGS.entries()) {
      const sample = await sampleOf(ask, encoding);
      if (round >= 0) samples[index]?.push(sample);
    }
  }
  const plain = samples[0] ?? [];
  return ENCODINGS.map((encoding, index) => {
    const own = samples[index] ?? [];
    const bytes = median(own.map((sample) => sample.bytes));
    const microseconds = median(own.map((sample) => sample.microseconds));
    const ratios = own.map((sample, round) => sample.microseconds / (plain[round]?.microseconds ?? Number.NaN));
    const share = bytes / median(plain.map((sample) => sample.bytes));
    return { response, encoding, bytes, microseconds, share, ratio: median(ratios) };
  });
}

async function sampleOf(ask: Ask, encoding: string): Promise<Sample> {
  const requests = 200;
  const before = process.cpuUsage();
  let bytes = 0;
  const some = async (): Promise<void> => {
    for (let n = 0; n < requests / CONNECTIONS; n++) bytes = (await ask(encoding)).length;
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, some));
  return { bytes, microseconds: microsecondsSince(before) / requests };
}

const LEVELS: Readonly<Record<string, (text: Buffer) => Buffer>> = {
  ...Object.fromEntries([1, 4, 6].map((level) => [`gzip ${level}`, (text: Buffer) => gzipSync(text, { level })])),
  ...Object.fromEntries(
    [1, 4, 6].map((quality) => [
      `br ${quality}`,
      (text: Buffer) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    ]),
  ),
};

function levelsOf(text: Buffer, times: number): LevelCost[] {
  return Object.entries(LEVELS).map(([level, compress]) => {
    for (let n = 0; n < 10; n++) compress(text);
    const before = process.cpuUsage();
    for (let n = 0; n < times; n++) compress(text);
    const microseconds = microsecondsSince(before) / times;
    return { response: `${text.length} bytes`, level, bytes: compress(text).length, microseconds };
  });
}

function microsecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function textOf(costs: readonly CompressionCost[]): string {
  return table([
    ['response', 'encoding', 'bytes', 'share', 'µs', 'ratio'],
    ...costs.map(({ response, encoding, bytes, share, microseconds, ratio }) => [
      response,
      encoding,
      bytes,
      share.toFixed(2),
      microseconds.toFixed(0),
      ratio.toFixed(2),
    ]),
  ]);
}

function levelsText(levels: readonly LevelCost[]): string {
  return table([
    ['response', 'level', 'bytes', 'µs'],
    ...levels.map(({ response, level, bytes, microseconds }) => [response, level, bytes, microseconds.toFixed(0)]),
  ]);
}

import type { LoadOptions, LoadResult } from '../load/http-load.ts';
import { processorSeconds, residentMegabytes } from '../processes/pinned-process.ts';
import { compareAnswers } from './answers.ts';
import type { Contender, Setup } from './setup.ts';
import type { Workload } from './workloads.ts';

export interface MeasureOptions {
  readonly rounds: number;
  readonly seconds: number;
  /** The warm-up of each gateway before the first round. */
  readonly warmUpSeconds: number;
  readonly connections: number;
  /** The share of the slowest gateway's throughput at which latencies are compared. */
  readonly equalLoad: number;
  readonly onProgress: (text: string) => void;
}

/** One gateway under one workload, in requests per second and ms; medians over the rounds. */
export interface Measured {
  readonly throughput: number;
  readonly throughputs: readonly number[];
  /** Requests per second of CPU time: the throughput on a dedicated core, regardless of other load. */
  readonly perProcessorSecond: number;
  /** How busy the gateway's core was with it, in [0, 1]. */
  readonly busy: number;
  readonly fetchesPerRequest: number;
  readonly p50: number;
  readonly p99: number;
  /** The peak resident memory after a round, in MB. */
  readonly memory: number;
}

export interface WorkloadResult {
  readonly workload: string;
  readonly answerBytes: number;
  readonly alike: readonly string[];
  /** The request rate at which p50 and p99 were measured. */
  readonly equalLoadRate: number;
  readonly gateways: Readonly<Record<string, Measured>>;
}

interface Sample extends LoadResult {
  readonly processor: number;
  /** Resident memory at the end, in MB. */
  readonly resident: number;
}

/**
 * Compares the gateways under one workload. Each round measures all of them, so that a busy moment affects all alike.
 */
export async function measure(setup: Setup, workload: Workload, options: MeasureOptions): Promise<WorkloadResult> {
  const { contenders, keys } = setup;
  const { bytes, alike } = await compareAnswers(contenders, workload, keys.authorizations[0] as string);
  const run = (contender: Contender, rest: Partial<LoadOptions>) =>
    load(setup, workload, contender, {
      seconds: options.seconds,
      connections: options.connections,
      answerBytes: bytes[contender.name] as number,
      ...rest,
    });

  options.onProgress(`${workload.name}: warming up`);
  const fetches = new Map<string, number>();
  for (const contender of contenders) {
    await setup.subgraphs.ask('startCounting');
    const { requests } = await run(contender, { seconds: options.warmUpSeconds });
    const counted = await setup.subgraphs.ask<{ fetches: number }>('stopCounting');
    fetches.set(contender.name, counted.fetches / requests);
  }

  const closed = await interleave(contenders, options, `${workload.name}: throughput`, (contender) =>
    run(contender, {}),
  );
  const slowest = Math.min(...[...closed.values()].map((samples) => median(samples.map(throughputOf))));
  const rate = Math.max(1, Math.floor(slowest * options.equalLoad));
  const open = await interleave(contenders, options, `${workload.name}: latency at ${rate}/s`, (contender) =>
    run(contender, { rate, connections: 64 }),
  );

  const measured = (name: string): Measured => {
    const samples = closed.get(name) ?? [];
    const latencies = open.get(name) ?? [];
    return {
      throughput: median(samples.map(throughputOf)),
      throughputs: samples.map(throughputOf),
      perProcessorSecond: median(samples.map(({ requests, processor }) => requests / processor)),
      busy: median(samples.map(({ processor, seconds: lasted }) => processor / lasted)),
      fetchesPerRequest: fetches.get(name) ?? 0,
      p50: median(latencies.map(({ p50 }) => p50)),
      p99: median(latencies.map(({ p99 }) => p99)),
      memory: Math.max(...samples.map(({ resident }) => resident), ...latencies.map(({ resident }) => resident)),
    };
  };
  return {
    workload: workload.name,
    answerBytes: Math.min(...Object.values(bytes)),
    alike,
    equalLoadRate: rate,
    gateways: Object.fromEntries(contenders.map(({ name }) => [name, measured(name)])),
  };
}

async function interleave(
  contenders: readonly Contender[],
  { rounds, onProgress }: MeasureOptions,
  what: string,
  run: (contender: Contender) => Promise<Sample>,
): Promise<Map<string, Sample[]>> {
  const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders) {
      onProgress(`${what}, round ${round} of ${rounds}, ${contender.name}`);
      samples.get(contender.name)?.push(await run(contender));
    }
  }
  return samples;
}

let nextRequest = 1_000;

async function load(
  { load: generator, keys }: Setup,
  workload: Workload,
  { name, url, process }: Contender,
  rest: Pick<LoadOptions, 'seconds' | 'connections' | 'answerBytes' | 'rate'>,
): Promise<Sample> {
  const before = processorSeconds(process.pid);
  const authorizations = workload.isVaried ? keys.authorizations : keys.authorizations.slice(0, 1);
  const result = await generator.ask<LoadResult>('http', {
    url,
    workload: workload.name,
    authorizations,
    firstRequest: nextRequest,
    ...rest,
  } satisfies LoadOptions);
  nextRequest += result.requests + result.failures;
  if (result.failures > 0) {
    throw new Error(`${name} answered ${result.failures} of ${workload.name} wrongly\n${process.output}`);
  }
  const processor = processorSeconds(process.pid) - before;
  return { ...result, processor, resident: residentMegabytes(process.pid) };
}

function throughputOf({ requests, seconds }: LoadResult): number {
  return requests / seconds;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

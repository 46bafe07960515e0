import { atMost, type BenchmarkOptions, machine } from '../benchmark.ts';
import { compareAnswers } from '../gateway/answers.ts';
import type { Contender } from '../gateway/setup.ts';
import { type Workload, workloadNamed } from '../gateway/workloads.ts';
import type { LoadOptions, LoadResult } from '../load/http-load.ts';
import { processorSeconds } from '../processes/pinned-process.ts';
import { table, targetsText } from '../report.ts';
import { recordingTime } from './recording-time.ts';
import { openSetup, type Setup } from './setup.ts';

/** The cost of recording under one workload, compared with the same gateway without it. */
export interface UsageCost {
  readonly workload: string;
  /** Requests per second of CPU time, over all rounds. */
  readonly recording: number;
  readonly silent: number;
  /** The share of throughput that recording costs: the median of the rounds, each of two short runs. */
  readonly cost: number;
  /** The standard error of the cost. */
  readonly standardError: number;
  /** The time to record one request, in µs, and its share of the whole request. */
  readonly alone: number;
  readonly aloneShare: number;
}

const WORKLOADS = ['small', 'mutation', 'test-query'];
const MAX_COST = 0.03;
const FULL = { rounds: 100, seconds: 0.5, warmUpSeconds: 5 };
const QUICK = { rounds: 20, seconds: 0.5, warmUpSeconds: 2 };
const CONNECTIONS = 20;

/** Measures the cost of recording schema usage. Sets the exit code when it exceeds 3 % of throughput. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const setup = await openSetup();
  try {
    const costs: UsageCost[] = [];
    for (const name of WORKLOADS) costs.push(await costOf(setup, workloadNamed(name), quick ? QUICK : FULL));
    const targets = costs.flatMap(({ workload, cost, aloneShare }) => [
      atMost(`${workload}: part of throughput`, cost, MAX_COST),
      atMost(`${workload}: recording, share of a request`, aloneShare, MAX_COST),
    ]);
    const report = { benchmark: 'usage', machine: machine(), costs, targets };
    console.log(json ? JSON.stringify(report, null, 2) : `${textOf(costs)}\n\n${targetsText(targets)}`);
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await setup.stop();
  }
}

async function costOf(setup: Setup, workload: Workload, options: typeof FULL): Promise<UsageCost> {
  const both = [setup.recording, setup.silent];
  const { bytes } = await compareAnswers(both, workload, setup.keys.authorizations[0] ?? '');
  const measured = (contender: Contender) =>
    sampleOf(setup, contender, {
      workload: workload.name,
      answerBytes: bytes[contender.name] ?? 0,
      seconds: options.seconds,
    });
  for (const contender of both) {
    // In CPU time: on a busy machine, wall-clock time would leave code uncompiled.
    for (let warm = 0; warm < options.warmUpSeconds;) warm += (await measured(contender)).processor;
  }
  const recording: Sample[] = [];
  const silent: Sample[] = [];
  for (let round = 0; round < options.rounds; round++) {
    if (round % 10 === 0) console.error(`${workload.name}, round ${round + 1} of ${options.rounds}`);
    // Alternate the order, so that slow changes affect both alike.
    if (round % 2 === 0) recording.push(await measured(setup.recording));
    silent.push(await measured(setup.silent));
    if (round % 2 === 1) recording.push(await measured(setup.recording));
  }
  const costs = recording.map((sample, round) => costBetween([sample], silent.slice(round, round + 1)));
  const alone = await recordingTime(setup.supergraphSdl, setup.redisUrl, workload);
  return {
    workload: workload.name,
    alone,
    aloneShare: (alone * rateOf(silent)) / 1e6,
    recording: rateOf(recording),
    silent: rateOf(silent),
    cost: quantile(costs, 0.5),
    standardError: standardErrorOf(costs),
  };
}

interface Sample {
  readonly requests: number;
  readonly processor: number;
}

let nextRequest = 1_000;

async function sampleOf(
  { load, keys }: Setup,
  { url, process: gateway }: Contender,
  options: Pick<LoadOptions, 'workload' | 'answerBytes' | 'seconds'>,
): Promise<Sample> {
  const before = processorSeconds(gateway.pid);
  const { requests, failures } = await load.ask<LoadResult>('http', {
    ...options,
    url,
    authorizations: keys.authorizations.slice(0, 1),
    firstRequest: nextRequest,
    connections: CONNECTIONS,
  } satisfies LoadOptions);
  nextRequest += requests + failures;
  if (failures > 0) throw new Error(`${failures} requests of ${options.workload} failed\n${gateway.output}`);
  return { requests, processor: processorSeconds(gateway.pid) - before };
}

function costBetween(recording: readonly Sample[], silent: readonly Sample[]): number {
  return 1 - rateOf(recording) / rateOf(silent);
}

/** The standard error of the median, estimated from the interquartile range. */
function standardErrorOf(values: readonly number[]): number {
  const deviation = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349;
  return (1.253 * deviation) / Math.sqrt(values.length);
}

function rateOf(samples: readonly Sample[]): number {
  const sum = (read: (sample: Sample) => number) => samples.reduce((total, sample) => total + read(sample), 0);
  return sum(({ requests }) => requests) / sum(({ processor }) => processor);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

function textOf(costs: readonly UsageCost[]): string {
  const percent = (part: number) => `${(part * 100).toFixed(2)} %`;
  return table([
    ['requests a processor second', 'recording', 'without', 'cost', '±', 'recording, µs', 'share'],
    ...costs.map(({ workload, recording, silent, cost, standardError, alone, aloneShare }) => [
      workload,
      recording,
      silent,
      percent(cost),
      percent(standardError),
      alone,
      percent(aloneShare),
    ]),
  ]);
}

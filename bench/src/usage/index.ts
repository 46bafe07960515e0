import { atMost, type BenchmarkOptions, machine } from '../benchmark.ts';
import { compareAnswers } from '../gateway/answers.ts';
import type { Contender } from '../gateway/stage.ts';
import { type Workload, workloadNamed } from '../gateway/workloads.ts';
import type { LoadOptions, LoadResult } from '../load/http-load.ts';
import { processorSeconds } from '../processes/pinned-process.ts';
import { table, targetsText } from '../report.ts';
import { recordingAlone } from './alone.ts';
import { openStage, type Stage } from './stage.ts';

/** Recording under one workload, against the same gateway without it. */
export interface UsageCost {
  readonly workload: string;
  /** Requests for each second of processor time, over all rounds: what a core of its own would serve. */
  readonly recording: number;
  readonly silent: number;
  /** The part of throughput that recording takes: the median of the rounds', each of two short runs side by side. */
  readonly cost: number;
  /** Of the cost: how far a busy machine lets it be known. */
  readonly standardError: number;
  /** What recording one request takes by itself, µs, and what part that is of the whole request. */
  readonly alone: number;
  readonly aloneShare: number;
}

const WORKLOADS = ['small', 'mutation', 'test-query'];
const MAX_COST = 0.03;
const FULL = { rounds: 100, seconds: 0.5, warmUpSeconds: 5 };
const QUICK = { rounds: 20, seconds: 0.5, warmUpSeconds: 2 };
const CONNECTIONS = 20;

/** Measures what recording the schema's use costs. Sets the exit code when it is more than 3 % of throughput. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const stage = await openStage();
  try {
    const costs: UsageCost[] = [];
    for (const name of WORKLOADS) costs.push(await costOf(stage, workloadNamed(name), quick ? QUICK : FULL));
    const targets = costs.flatMap(({ workload, cost, aloneShare }) => [
      atMost(`${workload}: part of throughput`, cost, MAX_COST),
      atMost(`${workload}: recording alone, part of a request`, aloneShare, MAX_COST),
    ]);
    const report = { benchmark: 'usage', machine: machine(), costs, targets };
    console.log(json ? JSON.stringify(report, null, 2) : `${textOf(costs)}\n\n${targetsText(targets)}`);
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await stage.stop();
  }
}

async function costOf(stage: Stage, workload: Workload, options: typeof FULL): Promise<UsageCost> {
  const both = [stage.recording, stage.silent];
  const { bytes } = await compareAnswers(both, workload, stage.keys.authorizations[0] ?? '');
  const measured = (contender: Contender) =>
    sampleOf(stage, contender, {
      workload: workload.name,
      answerBytes: bytes[contender.name] ?? 0,
      seconds: options.seconds,
    });
  for (const contender of both) {
    // Of its processor, not of the clock: a busy machine would leave code uncompiled.
    for (let warm = 0; warm < options.warmUpSeconds;) warm += (await measured(contender)).processor;
  }
  const recording: Sample[] = [];
  const silent: Sample[] = [];
  for (let round = 0; round < options.rounds; round++) {
    if (round % 10 === 0) console.error(`${workload.name}, round ${round + 1} of ${options.rounds}`);
    // Each goes first in every other round: what changes slowly meets both.
    if (round % 2 === 0) recording.push(await measured(stage.recording));
    silent.push(await measured(stage.silent));
    if (round % 2 === 1) recording.push(await measured(stage.recording));
  }
  const costs = recording.map((sample, round) => costBetween([sample], silent.slice(round, round + 1)));
  const alone = await recordingAlone(stage.supergraphSdl, stage.redisUrl, workload);
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
  { load, keys }: Stage,
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

/** Of the median, from the middle half as of a normal distribution. */
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
    ['requests a processor second', 'recording', 'without', 'cost', '±', 'alone, µs', 'part'],
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

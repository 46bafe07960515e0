import { type BenchmarkOptions, machine } from '../benchmark.ts';
import { residentMegabytes } from '../processes/pinned-process.ts';
import { measure, type MeasureOptions, type WorkloadResult } from './measure.ts';
import { reportText } from './report.ts';
import { CONTENDERS, openStage } from './stage.ts';
import { targetsOf } from './targets.ts';
import { WORKLOADS } from './workloads.ts';

const FULL = { rounds: 3, seconds: 2.5, warmUpSeconds: 10, settleSeconds: 30 };
const QUICK = { rounds: 1, seconds: 1.5, warmUpSeconds: 1, settleSeconds: 1 };

/** What the whole comparison found. */
export interface GatewayReport {
  readonly workloads: readonly WorkloadResult[];
  /** Resident when all was over and none had been asked for a while, MB. */
  readonly memory: Readonly<Record<string, number>>;
}

/** Compares this gateway with its peers, side by side on the same subgraphs. */
export async function run({ json, quick, profile }: BenchmarkOptions): Promise<void> {
  const stage = await openStage(CONTENDERS, profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]);
  try {
    const onProgress = (text: string) => console.error(text);
    const { settleSeconds, ...times } = quick ? QUICK : FULL;
    const options: MeasureOptions = { ...times, connections: 20, equalLoad: 0.6, onProgress };
    const workloads: WorkloadResult[] = [];
    for (const workload of WORKLOADS) workloads.push(await measure(stage, workload, options));
    // The one that was asked last has had no time yet to let go of what the others have let go of.
    await new Promise((resolve) => setTimeout(resolve, settleSeconds * 1_000));
    const memory = Object.fromEntries(
      stage.contenders.map(({ name, process }) => [name, residentMegabytes(process.pid)]),
    );
    const report: GatewayReport = { workloads, memory };
    const targets = targetsOf(report);
    const contenders = Object.fromEntries(stage.contenders.map(({ name, about }) => [name, about]));
    const whole = { benchmark: 'gateway', machine: machine(), contenders, ...report, targets };
    console.log(json ? JSON.stringify(whole, null, 2) : reportText(report, targets));
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await stage.stop();
  }
}

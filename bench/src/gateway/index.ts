import { type BenchmarkOptions, machine } from '../benchmark.ts';
import { measure, type MeasureOptions, type WorkloadResult } from './measure.ts';
import { reportText } from './report.ts';
import { CONTENDERS, openSetup } from './setup.ts';
import { targetsOf } from './targets.ts';
import { WORKLOADS } from './workloads.ts';

const FULL = { rounds: 7, seconds: 1.5, warmUpSeconds: 10 };
const QUICK = { rounds: 1, seconds: 1.5, warmUpSeconds: 1 };

/** The results of all workloads. */
export interface GatewayReport {
  readonly workloads: readonly WorkloadResult[];
  /** The peak resident memory of each gateway after a round of the last workload, in MB. */
  readonly memory: Readonly<Record<string, number>>;
}

/** Compares this gateway with its peers on the same subgraphs. */
export async function run({ json, quick, profile }: BenchmarkOptions): Promise<void> {
  const setup = await openSetup(CONTENDERS, profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]);
  try {
    const onProgress = (text: string) => console.error(text);
    const options: MeasureOptions = { ...(quick ? QUICK : FULL), connections: 20, equalLoad: 0.6, onProgress };
    const workloads: WorkloadResult[] = [];
    for (const workload of WORKLOADS) workloads.push(await measure(setup, workload, options));
    const memory = Object.fromEntries(
      Object.entries(workloads.at(-1)?.gateways ?? {}).map(([name, { memory: resident }]) => [name, resident]),
    );
    const report: GatewayReport = { workloads, memory };
    const targets = targetsOf(report);
    const contenders = Object.fromEntries(setup.contenders.map(({ name, about }) => [name, about]));
    const whole = { benchmark: 'gateway', machine: machine(), contenders, ...report, targets };
    console.log(json ? JSON.stringify(whole, null, 2) : reportText(report, targets));
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await setup.stop();
  }
}

import type { Target } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';
import type { GatewayReport } from './index.ts';
import type { WorkloadResult } from './measure.ts';
import { STOCK } from './setup.ts';

/** The report as text. */
export function reportText({ workloads, memory }: GatewayReport, targets: readonly Target[]): string {
  const resident = table([['memory after the run', 'MB'], ...Object.entries(memory)]);
  return [...workloads.map(workloadText), resident, targetsText(targets)].join('\n\n');
}

function workloadText({ workload, gateways, equalLoadRate, answerBytes }: WorkloadResult): string {
  const stock = gateways[STOCK]?.throughput ?? Number.NaN;
  const head = ['requests/s', 'times stock', 'a CPU second', 'busy', 'fetches', `p50 at ${equalLoadRate}/s`, 'p99'];
  return table([
    [`${workload}, ${answerBytes} bytes`, ...head],
    ...Object.entries(gateways).map(([name, found]) => [
      name,
      found.throughput,
      found.throughput / stock,
      found.perProcessorSecond,
      found.busy,
      found.fetchesPerRequest,
      found.p50,
      found.p99,
    ]),
  ]);
}

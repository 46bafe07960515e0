import { atLeast, atMost, below, type Target } from '../benchmark.ts';
import type { GatewayReport } from './index.ts';
import type { Measured, WorkloadResult } from './measure.ts';
import { MARQUEE, STOCK } from './setup.ts';

/** The required throughput of each workload, as a multiple of stock's and of the fastest peer's. */
const FACTORS: Readonly<Record<string, { readonly stock: number; readonly fastestPeer: number }>> = {
  'test-query': { stock: 10, fastestPeer: 3 },
  randomised: { stock: 10, fastestPeer: 3 },
  small: { stock: 7, fastestPeer: 5 },
  mutation: { stock: 8, fastestPeer: 5 },
};

/** Compares a report with the promised figures. */
export function targetsOf({ workloads, memory }: GatewayReport): Target[] {
  const { [MARQUEE]: ownMemory = Number.NaN, ...others } = memory;
  return [
    ...workloads.flatMap(targetsOfWorkload),
    below('memory after the run, MB, against the least of a peer', ownMemory, Math.min(...Object.values(others))),
  ];
}

function targetsOfWorkload({ workload, gateways }: WorkloadResult): Target[] {
  const { [MARQUEE]: own, ...peers } = gateways;
  if (!own) throw new Error(`${workload} was not measured on ${MARQUEE}`);
  const latency = atMost(`${workload}: p99 at equal load, ms`, own.p99, Math.min(...Object.values(peers).map(p99Of)));
  const factors = FACTORS[workload];
  if (!factors) return [latency];
  const fastest = Math.max(...Object.values(peers).map(({ throughput }) => throughput));
  return [
    atLeast(`${workload}: times stock`, own.throughput / (peers[STOCK]?.throughput ?? Number.NaN), factors.stock),
    atLeast(`${workload}: times the fastest peer`, own.throughput / fastest, factors.fastestPeer),
    latency,
  ];
}

function p99Of({ p99 }: Measured): number {
  return p99;
}

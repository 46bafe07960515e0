import { atLeast, atMost, below, type Target } from '../benchmark.ts';
import type { SubscriptionReport } from './measure.ts';

/** Compares a report with the promised figures. */
export function targetsOf({ upstreams, marquee, plain }: SubscriptionReport): Target[] {
  return [
    atMost('upstreams of all sockets', upstreams, 1),
    below('p99 of a delivery, ms', marquee.p99, 250),
    atLeast('throughput, times that of graphql-ws alone', marquee.throughput / plain.throughput, 0.7),
    below('memory of an idle subscriber, KB', marquee.kilobytesPerSubscriber, 25),
  ];
}

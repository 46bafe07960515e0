import type { Target } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';
import type { Delivered, SubscriptionReport } from './measure.ts';

/** The report as text. */
export function reportText(report: SubscriptionReport, targets: readonly Target[]): string {
  const { sockets, eventsPerSecond, messageBytes, marquee, plain } = report;
  const row = (name: string, found: Delivered) => [
    name,
    found.throughput,
    found.perProcessorSecond,
    found.p50,
    found.p99,
    found.kilobytesPerSubscriber,
  ];
  const figures = table([
    [
      `${sockets} sockets, ${messageBytes} bytes`,
      'deliveries/s',
      'a CPU second',
      `p50 at ${eventsPerSecond}/s`,
      'p99',
      'KB idle',
    ],
    row('graphql-ws alone', plain),
    row('marquee', marquee),
  ]);
  return `${figures}\n\n${targetsText(targets)}`;
}

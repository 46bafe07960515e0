import { median } from '../gateway/measure.ts';
import type { DeliverOptions, DeliverResult } from '../load/subscription-load.ts';
import { processorSeconds, residentMegabytes } from '../processes/pinned-process.ts';
import type { Deliverer, SubscriptionSetup } from './setup.ts';

export interface MeasureOptions {
  readonly sockets: number;
  /** The event rate per second at which latencies are measured. */
  readonly rate: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly onProgress: (text: string) => void;
}

/** The figures of one server; medians over the rounds. */
export interface Delivered {
  /** Resident memory per idle subscriber, in KB. */
  readonly kilobytesPerSubscriber: number;
  /** Maximum deliveries per second. */
  readonly throughput: number;
  /** Deliveries per second of CPU time. */
  readonly perProcessorSecond: number;
  /** Latency at the given rate, in ms. */
  readonly p50: number;
  readonly p99: number;
}

export interface SubscriptionReport {
  readonly sockets: number;
  readonly eventsPerSecond: number;
  readonly messageBytes: number;
  /** The number of subscriptions open at the subgraph. */
  readonly upstreams: number;
  readonly marquee: Delivered;
  readonly plain: Delivered;
}

interface Sample extends DeliverResult {
  readonly processor: number;
}

/** The time in which servers release closed connections. */
const SETTLING_MS = 1_000;

/** A few clients connect first, so that the memory figure excludes the code that serves them. */
const WARM_UP_SOCKETS = 50;

/** @throws when the servers' messages differ, or an event is lost */
export async function measureSubscriptions(
  setup: SubscriptionSetup,
  options: MeasureOptions,
): Promise<SubscriptionReport> {
  const { sockets, rate, onProgress } = options;
  const servers = [setup.plain, setup.marquee] as const;
  const memory = new Map<Deliverer, number>();
  for (const server of servers) {
    onProgress(`${server.name}: ${sockets} sockets`);
    memory.set(server, await memoryPerSubscriber(setup, server, sockets));
  }
  const upstreams = await setup.upstream.ask<number>('subscriptions');
  const messageBytes = await sameMessage(setup);
  const throughput = await interleave(setup, options, servers, 'throughput', {});
  const latency = await interleave(setup, options, servers, `latency at ${rate} events/s`, { rate });

  const delivered = (server: Deliverer): Delivered => {
    const samples = throughput.get(server) ?? [];
    const latencies = latency.get(server) ?? [];
    return {
      kilobytesPerSubscriber: memory.get(server) ?? Number.NaN,
      throughput: median(samples.map(({ deliveries, seconds }) => deliveries / seconds)),
      perProcessorSecond: median(samples.map(({ deliveries, processor }) => deliveries / processor)),
      p50: median(latencies.map(({ p50 }) => p50)),
      p99: median(latencies.map(({ p99 }) => p99)),
    };
  };
  return {
    sockets,
    eventsPerSecond: rate,
    messageBytes,
    upstreams,
    marquee: delivered(setup.marquee),
    plain: delivered(setup.plain),
  };
}

async function memoryPerSubscriber(setup: SubscriptionSetup, server: Deliverer, sockets: number): Promise<number> {
  await subscribe(setup, server, WARM_UP_SOCKETS);
  await deliver(setup, server, { seconds: 1 });
  await setup.load.ask('unsubscribe', { audience: server.name });
  const before = await memoryAtRest(server);
  await subscribe(setup, server, sockets);
  return (((await memoryAtRest(server)) - before) * 1024) / sockets;
}

/** Resident memory after garbage collection, in MB. */
async function memoryAtRest({ process }: Deliverer): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
  await process.ask('collect');
  return residentMegabytes(process.pid);
}

/** Checks that both servers sent the same latest message, ignoring the version. @returns its length */
async function sameMessage({ load, plain, marquee }: SubscriptionSetup): Promise<number> {
  const [expected, found] = await Promise.all(
    [plain, marquee].map(({ name }) => load.ask<string>('latestMessage', { audience: name })),
  );
  if (expected === undefined || expected !== found) throw new Error(`${marquee.name} sends ${found}, not ${expected}`);
  return Buffer.byteLength(expected);
}

async function interleave(
  setup: SubscriptionSetup,
  { rounds, seconds, onProgress }: MeasureOptions,
  servers: readonly Deliverer[],
  what: string,
  rest: Pick<DeliverOptions, 'rate'>,
): Promise<Map<Deliverer, Sample[]>> {
  const samples = new Map<Deliverer, Sample[]>(servers.map((server) => [server, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const server of servers) {
      onProgress(`${what}, round ${round} of ${rounds}, ${server.name}`);
      const before = processorSeconds(server.process.pid);
      const result = await deliver(setup, server, { seconds, ...rest });
      if (result.lost > 0) throw new Error(`${server.name} lost ${result.lost} deliveries\n${server.process.output}`);
      samples.get(server)?.push({ ...result, processor: processorSeconds(server.process.pid) - before });
    }
  }
  return samples;
}

async function subscribe({ load, keys }: SubscriptionSetup, server: Deliverer, sockets: number): Promise<void> {
  const { name: audience, url, publishUrl } = server;
  await load.ask('subscribe', { audience, url, publishUrl, sockets, authorizations: keys.authorizations });
}

function deliver(
  { load }: SubscriptionSetup,
  { name: audience, publishUrl }: Deliverer,
  rest: Pick<DeliverOptions, 'seconds' | 'rate'>,
): Promise<DeliverResult> {
  return load.ask<DeliverResult>('deliver', { audience, publishUrl, ...rest });
}

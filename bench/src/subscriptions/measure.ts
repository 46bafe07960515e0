import { median } from '../gateway/measure.ts';
import type { DeliverOptions, DeliverResult } from '../load/subscription-load.ts';
import { processorSeconds, residentMegabytes } from '../processes/pinned-process.ts';
import type { Deliverer, SubscriptionStage } from './stage.ts';

export interface MeasureOptions {
  readonly sockets: number;
  /** Events a second at which latencies are taken. */
  readonly rate: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly onProgress: (text: string) => void;
}

/** One server; medians over the rounds. */
export interface Delivered {
  /** Resident memory for each idle subscriber, KB. */
  readonly kilobytesPerSubscriber: number;
  /** Deliveries a second when as many events as possible are sent. */
  readonly throughput: number;
  /** Deliveries for each second of processor time. */
  readonly perProcessorSecond: number;
  /** From publication to arrival at the given rate, ms. */
  readonly p50: number;
  readonly p99: number;
}

export interface SubscriptionReport {
  readonly sockets: number;
  readonly eventsPerSecond: number;
  readonly messageBytes: number;
  /** What the sockets hold open at the subgraph. */
  readonly upstreams: number;
  readonly marquee: Delivered;
  readonly plain: Delivered;
}

interface Sample extends DeliverResult {
  readonly processor: number;
}

/** Connections that were closed are forgotten within this time. */
const SETTLING_MS = 1_000;

/** A few clients first, so that memory counts clients and not the code that serves them. */
const WARM_UP_SOCKETS = 50;

/** @throws when a server sends other bytes than the other one, or loses an event. */
export async function measureSubscriptions(
  stage: SubscriptionStage,
  options: MeasureOptions,
): Promise<SubscriptionReport> {
  const { sockets, rate, onProgress } = options;
  const servers = [stage.plain, stage.marquee] as const;
  const memory = new Map<Deliverer, number>();
  for (const server of servers) {
    onProgress(`${server.name}: ${sockets} sockets`);
    memory.set(server, await memoryPerSubscriber(stage, server, sockets));
  }
  const upstreams = await stage.upstream.ask<number>('subscriptions');
  const messageBytes = await sameMessage(stage);
  const throughput = await inTurn(stage, options, servers, 'throughput', {});
  const latency = await inTurn(stage, options, servers, `latency at ${rate} events/s`, { rate });

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
    marquee: delivered(stage.marquee),
    plain: delivered(stage.plain),
  };
}

async function memoryPerSubscriber(stage: SubscriptionStage, server: Deliverer, sockets: number): Promise<number> {
  await subscribe(stage, server, WARM_UP_SOCKETS);
  await deliver(stage, server, { seconds: 1 });
  await stage.load.ask('unsubscribe', { audience: server.name });
  const before = await memoryAtRest(server);
  await subscribe(stage, server, sockets);
  return (((await memoryAtRest(server)) - before) * 1024) / sockets;
}

/** MB, when what is garbage is collected. */
async function memoryAtRest({ process }: Deliverer): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
  await process.ask('collect');
  return residentMegabytes(process.pid);
}

/** The latest message of both, which must be the same but for what differs from event to event. @returns its length */
async function sameMessage({ load, plain, marquee }: SubscriptionStage): Promise<number> {
  const [expected, found] = await Promise.all(
    [plain, marquee].map(({ name }) => load.ask<string>('latestMessage', { audience: name })),
  );
  if (expected === undefined || expected !== found) throw new Error(`${marquee.name} sends ${found}, not ${expected}`);
  return Buffer.byteLength(expected);
}

async function inTurn(
  stage: SubscriptionStage,
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
      const result = await deliver(stage, server, { seconds, ...rest });
      if (result.lost > 0) throw new Error(`${server.name} lost ${result.lost} deliveries\n${server.process.output}`);
      samples.get(server)?.push({ ...result, processor: processorSeconds(server.process.pid) - before });
    }
  }
  return samples;
}

async function subscribe({ load, keys }: SubscriptionStage, server: Deliverer, sockets: number): Promise<void> {
  const { name: audience, url, publishUrl } = server;
  await load.ask('subscribe', { audience, url, publishUrl, sockets, authorizations: keys.authorizations });
}

function deliver(
  { load }: SubscriptionStage,
  { name: audience, publishUrl }: Deliverer,
  rest: Pick<DeliverOptions, 'seconds' | 'rate'>,
): Promise<DeliverResult> {
  return load.ask<DeliverResult>('deliver', { audience, publishUrl, ...rest });
}

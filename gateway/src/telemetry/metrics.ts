import { observe } from '@marquee/telemetry';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OperationKind } from '../operation/operation-request.ts';
import type { RequestRecord, Transport } from './request-record.ts';

/** Gauge values of a circuit breaker's states. */
const CIRCUIT_VALUE = { closed: 0, 'half-open': 1, open: 2 } as const;

/** The gateway's Prometheus metrics, all named `marquee_gateway_…`. */
export class GatewayMetrics {
  readonly registry: Registry;
  readonly requests: Counter<'transport' | 'status'>;
  readonly operations: Counter<'transport' | 'type' | 'outcome'>;
  readonly duration: Histogram<'transport'>;
  readonly errors: Counter<'code'>;
  readonly fetchDuration: Histogram<'subgraph' | 'outcome'>;
  readonly fetchesShared: Counter<'subgraph'>;
  readonly fetchRetries: Counter<'subgraph'>;
  readonly circuit: Gauge<'subgraph'>;
  readonly subscriptionsStarted: Counter;
  readonly subscriptionsEnded: Counter<'reason'>;
  readonly eventsDropped: Counter<'queue'>;
  readonly hydration: Histogram;
  readonly upstreamsLost: Counter<'subgraph'>;
  readonly holdingsRefused: Counter<'held' | 'by'>;
  readonly socketsFlooding: Counter<'limit'>;
  readonly persistedQueries: Counter<'outcome'>;
  readonly rateLimited: Counter<'limit'>;
  readonly rateLimitFailures: Counter;
  readonly charged: Counter<'payer'>;
  readonly refused: Counter<'code'>;
  readonly planning: Histogram<'kind' | 'outcome'>;
  readonly cost: Histogram<'kind'>;
  readonly unregistered: Counter<'client'>;
  readonly usageFailures: Counter;
  readonly usageUnnamed: Counter;
  readonly swaps: Counter<'outcome'>;

  constructor(registry: Registry = new Registry()) {
    this.registry = registry;
    const registers = [registry];
    const counter = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
      new Counter<L>({ name: `marquee_gateway_${name}`, help, labelNames, registers });
    const seconds = <L extends string>(name: string, help: string, labelNames: L[]) =>
      new Histogram<L>({ name: `marquee_gateway_${name}`, help, labelNames, buckets: BUCKETS, registers });

    this.requests = counter('requests_total', 'GraphQL requests over HTTP', ['transport', 'status']);
    this.operations = counter('operations_total', 'GraphQL operations; each of a batch counts', [
      'transport',
      'type',
      'outcome',
    ]);
    this.duration = seconds('request_duration_seconds', 'Duration of GraphQL requests over HTTP', ['transport']);
    this.errors = counter('errors_total', 'Errors in responses', ['code']);
    this.fetchDuration = seconds('fetch_duration_seconds', 'Duration of fetches', ['subgraph', 'outcome']);
    this.fetchesShared = counter('fetches_shared_total', 'Fetches that shared the request of an identical one', [
      'subgraph',
    ]);
    this.fetchRetries = counter('fetch_retries_total', 'Retries of fetches', ['subgraph']);
    this.circuit = new Gauge({
      name: 'marquee_gateway_circuit_state',
      help: '0 closed, 1 half open, 2 open',
      labelNames: ['subgraph'],
      registers,
    });
    this.subscriptionsStarted = counter('subscriptions_started_total', 'Subscriptions started');
    this.subscriptionsEnded = counter('subscriptions_ended_total', 'Subscriptions ended, by reason', ['reason']);
    this.eventsDropped = counter('subscription_events_dropped_total', 'Events dropped because a queue was full', [
      'queue',
    ]);
    this.hydration = seconds(
      'subscription_hydration_seconds',
      'Duration of the hydration of one event for all its clients',
      [],
    );
    this.upstreamsLost = counter('subscription_upstreams_lost_total', 'Upstream subscriptions lost', ['subgraph']);
    this.holdingsRefused = counter(
      'holdings_refused_total',
      'Sockets, operations and memory refused, by the limit of the process, a network or a caller',
      ['held', 'by'],
    );
    this.socketsFlooding = counter('sockets_flooding_total', 'Sockets closed because of too many messages', ['limit']);
    this.persistedQueries = counter('persisted_queries_total', 'New automatic persisted queries', ['outcome']);
    this.rateLimited = counter('rate_limited_total', 'Requests and operations rejected by a rate limit', ['limit']);
    this.rateLimitFailures = counter(
      'rate_limit_failures_total',
      'Charges that only this gateway counted because Redis failed',
    );
    this.charged = counter('points_charged_total', 'Points charged to callers', ['payer']);
    this.refused = counter('requests_refused_total', 'Requests and operations of streams refused before execution', [
      'code',
    ]);
    this.planning = seconds(
      'planning_duration_seconds',
      'Validating and planning of unknown operations, with waiting',
      ['kind', 'outcome'],
    );
    this.cost = new Histogram({
      name: 'marquee_gateway_operation_cost',
      help: 'Cost of operations: estimated for all, actual for a sample',
      labelNames: ['kind'],
      buckets: [1, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000],
      registers,
    });
    this.unregistered = counter('unregistered_operations_total', 'Operations that are not registered', ['client']);
    this.usageFailures = counter('usage_write_failures_total', 'Failed writes of schema usage');
    this.usageUnnamed = counter(
      'usage_unnamed_total',
      'Executions recorded without client or operation name because there are too many names',
    );
    this.swaps = counter('supergraph_swaps_total', 'Supergraphs loaded or rejected', ['outcome']);
  }

  /** Registers a gauge whose value is read at each scrape. */
  observe(name: string, help: string, read: () => number, labels: Readonly<Record<string, string>> = {}): void {
    observe(this.registry, { name: `marquee_gateway_${name}`, help, labels, read });
  }

  observePlanCache(read: () => { readonly hits: number; readonly misses: number; readonly size: number }): void {
    const name = 'marquee_gateway_plan_cache_lookups_total';
    const help = 'Lookups of compiled operations';
    const lookups: Counter = new Counter({
      name,
      help,
      labelNames: ['outcome'],
      registers: [this.registry],
      collect: () => {
        const { hits, misses } = read();
        lookups.reset();
        lookups.inc({ outcome: 'hit' }, hits);
        lookups.inc({ outcome: 'miss' }, misses);
      },
    });
    this.observe('plan_cache_size', 'Compiled operations in the cache', () => read().size);
  }

  countRequest(transport: Transport, status: number, seconds: number): void {
    this.requests.labels(transport, String(status)).inc();
    this.duration.labels(transport).observe(seconds);
  }

  /** @param isOk whether the response has no errors */
  countOperation(transport: Transport, type: OperationKind | undefined, isOk: boolean): void {
    this.operations.labels(transport, type ?? 'unknown', isOk ? 'ok' : 'errors').inc();
  }

  /** Counts the errors of a response, and what it says was refused. */
  countErrors({ codes, isExecuted }: Pick<RequestRecord, 'codes' | 'isExecuted'>): void {
    const labels = codes.map((code) => (code.length <= 40 ? code : 'OTHER'));
    for (const code of labels) this.errors.inc({ code });
    if (labels[0] !== undefined && !isExecuted) this.refused.inc({ code: labels[0] });
  }

  setCircuit(subgraph: string, state: keyof typeof CIRCUIT_VALUE): void {
    this.circuit.set({ subgraph }, CIRCUIT_VALUE[state]);
  }
}

/** In seconds. A small query takes about a millisecond. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

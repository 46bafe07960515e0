import { ANONYMOUS } from '@marquee/identity';
import { newTrace, type Tracer } from '@marquee/telemetry';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';
import { guarded, type GuardOptions } from './guarded.ts';
import { RETRIES, SHARED, traced } from './traced.ts';

export interface TransportSetOptions {
  readonly create: (subgraph: string, url: string) => SubgraphTransport;
  readonly guards: GuardOptions;
  readonly metrics: GatewayMetrics;
  readonly tracer?: Tracer | undefined;
}

/** Opens the subgraphs' transports with everything that is put around them, and knows the latest one of each name. */
export class TransportSet {
  readonly #options: TransportSetOptions;
  readonly #latest = new Map<string, SubgraphTransport>();

  constructor(options: TransportSetOptions) {
    this.#options = options;
  }

  open(subgraph: string, url: string): SubgraphTransport {
    const { create, metrics, tracer } = this.#options;
    const transport = traced(
      subgraph,
      measured(subgraph, this.#guard(subgraph, create(subgraph, url)), metrics),
      tracer,
    );
    this.#latest.set(subgraph, transport);
    return transport;
  }

  /** @throws when no supergraph named the subgraph yet. */
  get(subgraph: string): SubgraphTransport {
    const transport = this.#latest.get(subgraph);
    if (!transport) throw new Error(`There is no subgraph "${subgraph}"`);
    return transport;
  }

  /** Asks each subgraph for nothing but an answer. */
  probes(): Record<string, () => Promise<void>> {
    return Object.fromEntries([...this.#latest].map(([name, transport]) => [name, () => probe(transport)]));
  }

  #guard(subgraph: string, transport: SubgraphTransport): SubgraphTransport {
    const { metrics } = this.#options;
    const { retry, circuitBreaker, ...guards } = this.#options.guards;
    metrics.setCircuit(subgraph, 'closed');
    return guarded(subgraph, transport, {
      ...guards,
      retry: retry !== false && {
        ...retry,
        onRetry: ({ trace: { span } }, attempt) => {
          metrics.fetchRetries.inc({ subgraph });
          span?.setAttribute(RETRIES, attempt);
        },
      },
      circuitBreaker: circuitBreaker !== false && {
        ...circuitBreaker,
        onState: (state) => metrics.setCircuit(subgraph, state),
      },
      onShared: ({ trace: { span } }) => {
        metrics.fetchesShared.inc({ subgraph });
        span?.setAttribute(SHARED, true);
      },
    });
  }
}

async function probe(transport: SubgraphTransport): Promise<void> {
  const query = '{ __typename }';
  await transport.execute(
    { kind: 'query', query, variables: {}, body: JSON.stringify({ query }) },
    { identity: { caller: ANONYMOUS }, trace: newTrace(), deadline: Date.now() + PROBE_TIMEOUT_MS },
  );
}

const PROBE_TIMEOUT_MS = 2_000;

function measured(subgraph: string, inner: SubgraphTransport, { fetchDuration }: GatewayMetrics): SubgraphTransport {
  const succeeded = fetchDuration.labels(subgraph, 'ok');
  const failed = fetchDuration.labels(subgraph, 'failed');
  return {
    ...inner,
    execute: async (request, context) => {
      const startedAt = performance.now();
      try {
        const response = await inner.execute(request, context);
        succeeded.observe((performance.now() - startedAt) / 1000);
        return response;
      } catch (error) {
        failed.observe((performance.now() - startedAt) / 1000);
        throw error;
      }
    },
  };
}

import type { GatewayMetrics } from '../server/metrics.ts';
import type { SubgraphTransport } from '../types.ts';
import { guarded, type GuardOptions } from './guarded.ts';

/** Opens the subgraphs' transports with everything that is put around them, and knows the latest one of each name. */
export class TransportSet {
  readonly #create: (subgraph: string, url: string) => SubgraphTransport;
  readonly #guards: GuardOptions;
  readonly #metrics: GatewayMetrics;
  readonly #latest = new Map<string, SubgraphTransport>();

  constructor(
    create: (subgraph: string, url: string) => SubgraphTransport,
    guards: GuardOptions,
    metrics: GatewayMetrics,
  ) {
    this.#create = create;
    this.#guards = guards;
    this.#metrics = metrics;
  }

  open(subgraph: string, url: string): SubgraphTransport {
    const transport = measured(subgraph, this.#guard(subgraph, this.#create(subgraph, url)), this.#metrics);
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
    const metrics = this.#metrics;
    const { retry, circuitBreaker, ...guards } = this.#guards;
    metrics.setCircuit(subgraph, 'closed');
    return guarded(subgraph, transport, {
      ...guards,
      retry: retry !== false && { ...retry, onRetry: () => metrics.fetchRetries.inc({ subgraph }) },
      circuitBreaker: circuitBreaker !== false && {
        ...circuitBreaker,
        onState: (state) => metrics.setCircuit(subgraph, state),
      },
      onShared: () => metrics.fetchesShared.inc({ subgraph }),
    });
  }
}

async function probe(transport: SubgraphTransport): Promise<void> {
  const query = '{ __typename }';
  await transport.execute({
    kind: 'query',
    query,
    variables: {},
    body: JSON.stringify({ query }),
    caller: { kind: 'anonymous' },
    traceId: '',
    deadline: Date.now() + PROBE_TIMEOUT_MS,
  });
}

const PROBE_TIMEOUT_MS = 2_000;

function measured(subgraph: string, inner: SubgraphTransport, { fetchDuration }: GatewayMetrics): SubgraphTransport {
  const succeeded = fetchDuration.labels(subgraph, 'ok');
  const failed = fetchDuration.labels(subgraph, 'failed');
  return {
    ...inner,
    execute: async (request) => {
      const startedAt = performance.now();
      try {
        const response = await inner.execute(request);
        succeeded.observe((performance.now() - startedAt) / 1000);
        return response;
      } catch (error) {
        failed.observe((performance.now() - startedAt) / 1000);
        throw error;
      }
    },
  };
}

import { ANONYMOUS } from '@marquee/identity';
import { newTrace, type Tracer } from '@marquee/telemetry';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { withGuards, type GuardOptions } from './guards.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';
import { RETRIES, SHARED, traced } from './traced.ts';

export interface GatewayTransportOptions {
  readonly guards: GuardOptions;
  readonly metrics: GatewayMetrics;
  readonly tracer?: Tracer | undefined;
}

/** A subgraph's transport wrapped in guards, metrics and spans. */
export function gatewayTransport(
  subgraph: string,
  transport: SubgraphTransport,
  { guards, metrics, tracer }: GatewayTransportOptions,
): SubgraphTransport {
  metrics.setCircuit(subgraph, 'closed');
  const guardedTransport = withGuards(subgraph, transport, {
    ...guards,
    retry: guards.retry !== false && {
      ...guards.retry,
      onRetry: ({ trace: { span } }, attempt) => {
        metrics.fetchRetries.inc({ subgraph });
        span?.setAttribute(RETRIES, attempt);
      },
    },
    circuitBreaker: guards.circuitBreaker !== false && {
      ...guards.circuitBreaker,
      onState: (state) => metrics.setCircuit(subgraph, state),
    },
    onShared: ({ trace: { span } }) => {
      metrics.fetchesShared.inc({ subgraph });
      span?.setAttribute(SHARED, true);
    },
  });
  return traced(subgraph, measured(subgraph, guardedTransport, metrics), tracer);
}

/** Sends a minimal query. @throws when the subgraph is unavailable */
export async function probe(transport: SubgraphTransport): Promise<void> {
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

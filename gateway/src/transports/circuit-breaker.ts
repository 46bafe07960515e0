import CircuitBreaker from 'opossum';
import type { OperationContext } from '../request/operation-context.ts';
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from './subgraph-transport.ts';

export type CircuitState = 'closed' | 'open' | 'half-open';

export interface CircuitBreakerOptions {
  /** Failures, in percent of a window's requests, that open the circuit. */
  readonly failurePercent?: number;
  /** Fewer requests in a window never open it. */
  readonly minRequests?: number;
  readonly windowMs?: number;
  /** How long nothing is sent before one request probes the subgraph, ms. */
  readonly probeAfterMs?: number;
  readonly onState?: (state: CircuitState) => void;
}

/** Stops asking a subgraph that keeps failing, so that neither side spends its time on answers that will not come. */
export function circuitBreaker(
  subgraph: string,
  inner: SubgraphTransport,
  {
    failurePercent = 50,
    minRequests = 10,
    windowMs = 10_000,
    probeAfterMs = 2_000,
    onState,
  }: CircuitBreakerOptions = {},
): SubgraphTransport {
  const breaker = new CircuitBreaker<[SubgraphRequest, OperationContext], SubgraphResponse>(
    (...fetch) => inner.execute(...fetch),
    {
      timeout: false,
      errorThresholdPercentage: failurePercent,
      volumeThreshold: minRequests,
      rollingCountTimeout: windowMs,
      rollingPercentilesEnabled: false,
      resetTimeout: probeAfterMs,
      // What the gateway itself finds wrong with an answer is no sign of an outage.
      errorFilter: (error) => !(error instanceof SubgraphUnavailableError) || error.reason === 'response',
    },
  );
  breaker.on('open', () => onState?.('open'));
  breaker.on('halfOpen', () => onState?.('half-open'));
  breaker.on('close', () => onState?.('closed'));

  return {
    ...inner,
    execute: async (request, context) => {
      try {
        return await breaker.fire(request, context);
      } catch (error) {
        if (CircuitBreaker.isOurError(error as Error)) {
          throw new SubgraphUnavailableError(subgraph, { reason: 'circuit-open', cause: error });
        }
        throw error;
      }
    },
    close: async () => {
      breaker.shutdown();
      await inner.close?.();
    },
  };
}

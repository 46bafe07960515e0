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
  /** Percentage of failed requests in a window that opens the circuit. */
  readonly failurePercent?: number;
  /** Minimum requests in a window before the circuit can open. */
  readonly minRequests?: number;
  readonly windowMs?: number;
  /** Time that the circuit stays open before one request probes the subgraph, ms. */
  readonly probeAfterMs?: number;
  readonly onState?: (state: CircuitState) => void;
}

/** Stops requests to a failing subgraph for a while. */
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
      // An unusable response is not an outage, nor is a client that disconnects.
      errorFilter: (error) =>
        !(error instanceof SubgraphUnavailableError) || error.reason === 'response' || error.reason === 'cancelled',
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

import type { OperationContext } from '../request/operation-context.ts';
import { circuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.ts';
import { retryQueries, type RetryOptions } from './retry.ts';
import { singleFlight } from './single-flight.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';

export interface GuardOptions {
  readonly singleFlight?: boolean;
  readonly retry?: RetryOptions | false;
  readonly circuitBreaker?: CircuitBreakerOptions | false;
  readonly onShared?: (context: OperationContext) => void;
}

/**
 * Wraps a transport in single flight, retries and circuit breaker, from the outside in: a shared query is retried once
 * for all its callers, and each try counts for the circuit breaker.
 */
export function withGuards(
  subgraph: string,
  transport: SubgraphTransport,
  options: GuardOptions = {},
): SubgraphTransport {
  let guardedTransport = transport;
  if (options.circuitBreaker !== false) {
    guardedTransport = circuitBreaker(subgraph, guardedTransport, options.circuitBreaker);
  }
  if (options.retry !== false) guardedTransport = retryQueries(guardedTransport, options.retry);
  if (options.singleFlight !== false) guardedTransport = singleFlight(guardedTransport, options.onShared);
  return guardedTransport;
}

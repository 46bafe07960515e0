import type { Caller } from '@marquee/identity';
import type { SubgraphRequest, SubgraphResponse, SubgraphTransport } from './subgraph-transport.ts';

interface Waiter {
  resolve(response: SubgraphResponse): void;
  reject(error: unknown): void;
}

/**
 * Identical queries of the same caller that are in flight together are sent once.
 *
 * Every one gets its own copy of the answer, because the executor merges later fetches into it. A shared query is not
 * aborted when one of its callers goes away. Mutations are never shared.
 */
export function singleFlight(
  inner: SubgraphTransport,
  onShared: (request: SubgraphRequest) => void = () => {},
): SubgraphTransport {
  const flights = new Map<string, Waiter[]>();
  return {
    ...inner,
    execute: async (request) => {
      if (request.kind !== 'query') return inner.execute(request);
      const key = callerKey(request) + request.body;
      const flight = flights.get(key);
      if (flight) {
        onShared(request);
        return new Promise((resolve, reject) => flight.push({ resolve, reject }));
      }
      return lead(inner, flights, key, withoutSignal(request));
    },
  };
}

async function lead(
  inner: SubgraphTransport,
  flights: Map<string, Waiter[]>,
  key: string,
  request: SubgraphRequest,
): Promise<SubgraphResponse> {
  const waiters: Waiter[] = [];
  flights.set(key, waiters);
  try {
    const response = await inner.execute(request);
    for (const waiter of waiters) waiter.resolve(copy(response));
    return response;
  } catch (error) {
    for (const waiter of waiters) waiter.reject(error);
    throw error;
  } finally {
    flights.delete(key);
  }
}

function withoutSignal(request: SubgraphRequest): SubgraphRequest {
  if (request.signal === undefined) return request;
  const { kind, query, operationName, variables, body, caller, authorization, traceparent, traceId, span } = request;
  const { device, deadline } = request;
  const shared = { kind, query, variables, body, caller, authorization, traceparent, traceId, span, device, deadline };
  return operationName === undefined ? shared : { ...shared, operationName };
}

/** The token where there is one: its scopes and its session decide what a subgraph answers. */
function callerKey(request: SubgraphRequest): string {
  return request.authorization ?? identityOf(request.caller);
}

function identityOf(caller: Caller): string {
  switch (caller.kind) {
    case 'anonymous':
      return '';
    case 'user':
      return `user:${caller.userId}:${caller.sessionId}:${caller.expiresAt.getTime()}`;
    case 'service':
      return `service:${caller.name}`;
  }
}

function copy<T>(value: T): T;
function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item));
  const result: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) result[key] = copy(field);
  return result;
}

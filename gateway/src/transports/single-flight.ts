import type { Caller, Identity } from '@marquee/identity';
import type { OperationContext } from '../request/operation-context.ts';
import type { SubgraphRequest, SubgraphResponse, SubgraphTransport } from './subgraph-transport.ts';

interface Waiter {
  resolve(response: SubgraphResponse): void;
  reject(error: unknown): void;
}

/**
 * Sends identical concurrent queries of one caller once.
 *
 * Each caller gets its own copy of the response, because the executor merges later fetches into it. A shared query is
 * not aborted with one of its callers. Mutations are never shared.
 */
export function singleFlight(
  inner: SubgraphTransport,
  onShared: (context: OperationContext) => void = () => {},
): SubgraphTransport {
  const flights = new Map<string, Waiter[]>();
  return {
    ...inner,
    execute: async (request, context) => {
      if (request.kind !== 'query') return inner.execute(request, context);
      const key = callerKey(context.identity) + request.body;
      const flight = flights.get(key);
      if (flight) {
        onShared(context);
        return new Promise((resolve, reject) => flight.push({ resolve, reject }));
      }
      return sendShared(inner, flights, key, request, context.signal ? { ...context, signal: undefined } : context);
    },
  };
}

async function sendShared(
  inner: SubgraphTransport,
  flights: Map<string, Waiter[]>,
  key: string,
  request: SubgraphRequest,
  context: OperationContext,
): Promise<SubgraphResponse> {
  const waiters: Waiter[] = [];
  flights.set(key, waiters);
  try {
    const response = await inner.execute(request, context);
    for (const waiter of waiters) waiter.resolve(copy(response));
    return response;
  } catch (error) {
    for (const waiter of waiters) waiter.reject(error);
    throw error;
  } finally {
    flights.delete(key);
  }
}

/** The token if there is one, because its scopes and session affect the response. */
function callerKey({ authorization, caller }: Identity): string {
  return authorization ?? nameOf(caller);
}

function nameOf(caller: Caller): string {
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

import type { Caller, Identity } from '@marquee/identity';
import type { OperationContext } from '../request/operation-context.ts';
import type { SubgraphResponse, SubgraphTransport } from './subgraph-transport.ts';
import { whileAbortable } from './while-abortable.ts';

interface Waiter {
  resolve(response: SubgraphResponse): void;
  reject(error: unknown): void;
}

/** A query in flight. */
interface Flight {
  readonly waiters: Waiter[];
  /** Undefined when its first caller cannot cancel. */
  readonly cancellation: AbortController | undefined;
  /** Callers that have not cancelled. */
  callers: number;
}

/**
 * Sends identical concurrent queries of one caller once.
 *
 * Each caller gets its own copy of the response, because the executor merges later fetches into it. A shared query is
 * aborted when all its callers have cancelled. Mutations are never shared.
 */
export function singleFlight(
  inner: SubgraphTransport,
  onShared: (context: OperationContext) => void = () => {},
): SubgraphTransport {
  const flights = new Map<string, Flight>();
  const land = (key: string, flight: Flight): void => {
    if (flights.get(key) === flight) flights.delete(key);
  };
  const board = (
    key: string,
    flight: Flight,
    { signal }: OperationContext,
    fly: () => Promise<SubgraphResponse>,
  ): Promise<SubgraphResponse> => {
    flight.callers++;
    const leave = (): void => {
      if (--flight.callers > 0) return;
      land(key, flight);
      flight.cancellation?.abort(signal?.reason);
    };
    return whileAbortable(signal, leave, fly);
  };
  return {
    ...inner,
    execute: async (request, context) => {
      if (request.kind !== 'query' || context.signal?.aborted) return inner.execute(request, context);
      const key = callerKey(context.identity) + request.body;
      const known = flights.get(key);
      if (known) {
        onShared(context);
        const wait = () => new Promise<SubgraphResponse>((resolve, reject) => known.waiters.push({ resolve, reject }));
        return board(key, known, context, wait);
      }
      const cancellation = context.signal && new AbortController();
      const flight: Flight = { waiters: [], cancellation, callers: 0 };
      flights.set(key, flight);
      const send = () => inner.execute(request, cancellation ? { ...context, signal: cancellation.signal } : context);
      return board(key, flight, context, () => share(flight, send).finally(() => land(key, flight)));
    },
  };
}

async function share({ waiters }: Flight, send: () => Promise<SubgraphResponse>): Promise<SubgraphResponse> {
  try {
    const response = await send();
    for (const waiter of waiters) waiter.resolve(copy(response));
    return response;
  } catch (error) {
    for (const waiter of waiters) waiter.reject(error);
    throw error;
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

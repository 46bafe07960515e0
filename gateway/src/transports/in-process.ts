import type { Caller, Device } from '@marquee/identity';
import type { OperationContext } from '../request/operation-context.ts';
import { Deadlines } from './deadlines.ts';
import { PushedEvents } from './pushed-events.ts';
import {
  type Resume,
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from './subgraph-transport.ts';

export interface InProcessRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables: Record<string, unknown>;
  readonly caller: Caller;
  readonly traceparent: string;
  readonly device?: Device | undefined;
  readonly resume?: Resume | undefined;
}

/** The methods of a subgraph that the transport calls. */
export interface InProcessSubgraph {
  readonly name: string;
  execute(request: InProcessRequest): Promise<SubgraphResponse>;
  /** @returns the events, or one response when the subscription is rejected */
  subscribe(request: InProcessRequest): Promise<AsyncIterable<SubgraphResponse> | SubgraphResponse>;
}

export interface InProcessTransportOptions {
  /** Timeout of a request without a deadline, ms. */
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

/**
 * The transport to a subgraph in this process, with the same deadlines and errors as over HTTP.
 *
 * A request that misses its deadline is not stopped; its response is ignored.
 */
export function inProcessTransport(
  subgraph: InProcessSubgraph,
  { timeoutMs = 30_000, now = Date.now }: InProcessTransportOptions = {},
): SubgraphTransport {
  const deadlines = new Deadlines(now);
  return {
    execute: (request, context) =>
      new Promise((resolve, reject) => {
        const call = {
          deadline: context.deadline ?? now() + timeoutMs,
          expire: () => reject(new SubgraphUnavailableError(subgraph.name, { reason: 'timeout' })),
        };
        deadlines.watch(call);
        subgraph.execute(toInProcessRequest(request, context)).then(
          (response) => {
            deadlines.unwatch(call);
            resolve(response);
          },
          (cause: unknown) => {
            deadlines.unwatch(call);
            // It runs, and fails at this very request: no outage, and a retry would fail too.
            reject(new SubgraphUnavailableError(subgraph.name, { reason: 'response', cause }));
          },
        );
      }),

    subscribe: async (request, context) => eventsOf(await subgraph.subscribe(toInProcessRequest(request, context))),

    close: async () => deadlines.stop(),
  };
}

function toInProcessRequest(
  { query, operationName, variables, resume }: SubgraphRequest,
  { identity, trace, client }: OperationContext,
): InProcessRequest {
  const { traceparent } = trace;
  return { query, operationName, variables, caller: identity.caller, traceparent, device: client, resume };
}

/** A rejected subscription becomes a stream of one response. */
function eventsOf(answer: AsyncIterable<SubgraphResponse> | SubgraphResponse): AsyncGenerator<SubgraphResponse> {
  // Not wrapped in a generator, whose return() would wait for the next event.
  if (Symbol.asyncIterator in answer) return answer[Symbol.asyncIterator]() as AsyncGenerator<SubgraphResponse>;
  const stream = new PushedEvents<SubgraphResponse>(() => {});
  stream.push(answer);
  stream.finish();
  return stream;
}

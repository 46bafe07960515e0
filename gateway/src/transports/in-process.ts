import type { Caller, Device } from '@marquee/identity';
import type { OperationContext } from '../request/operation-context.ts';
import { Deadlines } from './deadlines.ts';
import { PushedEvents } from './pushed-events.ts';
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnavailableError,
} from './subgraph-transport.ts';

/** A request as a subgraph of this process takes it. */
export interface InProcessRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables: Record<string, unknown>;
  readonly caller: Caller;
  readonly traceparent: string;
  readonly device?: Device | undefined;
}

/** The part of a subgraph that a gateway in the same process talks to. */
export interface InProcessSubgraph {
  readonly name: string;
  execute(request: InProcessRequest): Promise<SubgraphResponse>;
  /** Answers the stream of events, or one response when the subscription was refused. */
  subscribe(request: InProcessRequest): Promise<AsyncIterable<SubgraphResponse> | SubgraphResponse>;
}

export interface InProcessTransportOptions {
  /** How long a request without its own deadline may take, ms. */
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

/**
 * Runs a subgraph of this process: no serialisation, no socket, the same deadline and errors as over HTTP.
 *
 * A subgraph that misses the deadline is not stopped; only its answer is no longer waited for.
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
        subgraph.execute(inProcess(request, context)).then(
          (response) => {
            deadlines.forget(call);
            resolve(response);
          },
          (cause: unknown) => {
            deadlines.forget(call);
            reject(new SubgraphUnavailableError(subgraph.name, { cause }));
          },
        );
      }),

    subscribe: async (request, context) => eventsOf(await subgraph.subscribe(inProcess(request, context))),

    close: async () => deadlines.stop(),
  };
}

function inProcess(
  { query, operationName, variables }: SubgraphRequest,
  { identity, trace, client }: OperationContext,
): InProcessRequest {
  return { query, operationName, variables, caller: identity.caller, traceparent: trace.traceparent, device: client };
}

/** A refused subscription is a stream of the one response that says why. */
function eventsOf(answer: AsyncIterable<SubgraphResponse> | SubgraphResponse): AsyncGenerator<SubgraphResponse> {
  // The subgraph's own iterator, not a generator around it, whose return() would wait for the next event.
  if (Symbol.asyncIterator in answer) return answer[Symbol.asyncIterator]() as AsyncGenerator<SubgraphResponse>;
  const stream = new PushedEvents<SubgraphResponse>(() => {});
  stream.push(answer);
  stream.finish();
  return stream;
}

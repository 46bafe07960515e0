import type { GraphQLFormattedError } from 'graphql';
import type { OperationKind } from '../operation/operation-request.ts';
import type { OperationContext } from '../request/operation-context.ts';

/** One fetch. The same text and variables always give the same `body`, so it also serves to recognise equal fetches. */
export interface SubgraphRequest {
  readonly kind: OperationKind;
  readonly query: string;
  readonly operationName?: string | undefined;
  /** Made on first use: transports that send `body` never pay for it. */
  readonly variables: Record<string, unknown>;
  /** The JSON body of GraphQL over HTTP. */
  readonly body: string;
}

/** The executor takes `data` over and writes into it: a transport never hands the same objects to two callers. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

export interface SubgraphTransport {
  /** @throws {SubgraphUnavailableError} when the subgraph cannot be reached, or not in time. */
  execute(request: SubgraphRequest, context: OperationContext): Promise<SubgraphResponse>;
  /** @throws {SubgraphUnavailableError} when the subgraph cannot be reached; also from the generator, when it is lost. */
  subscribe(request: SubgraphRequest, context: OperationContext): Promise<AsyncGenerator<SubgraphResponse>>;
  close?(): Promise<void>;
}

/**
 * - `unreachable`: no connection, or it broke before the answer was complete;
 * - `status`: an HTTP status that promises a later success (429, 502, 503, 504);
 * - `timeout`: the deadline passed;
 * - `circuit-open`: not asked, because it failed too often a moment ago;
 * - `response`: the answer is too large or no GraphQL response.
 */
export type UnavailableReason = 'unreachable' | 'status' | 'timeout' | 'circuit-open' | 'response';

/** A subgraph could not be reached; the fields asked of it are null and the client reads SUBGRAPH_UNAVAILABLE. */
export class SubgraphUnavailableError extends Error {
  override readonly name = 'SubgraphUnavailableError';
  readonly subgraph: string;
  readonly reason: UnavailableReason;

  constructor(subgraph: string, options: ErrorOptions & { reason?: UnavailableReason } = {}) {
    super(`The subgraph "${subgraph}" is unavailable`, options);
    this.subgraph = subgraph;
    this.reason = options.reason ?? 'unreachable';
  }
}

import type { GraphQLFormattedError } from 'graphql';
import type { OperationKind } from '../operation/operation-request.ts';
import type { OperationContext } from '../request/operation-context.ts';

/** One fetch. Equal query and variables give an equal `body`, which therefore identifies equal fetches. */
export interface SubgraphRequest {
  readonly kind: OperationKind;
  readonly query: string;
  readonly operationName?: string | undefined;
  /** Computed on first use; transports that send `body` do not need it. */
  readonly variables: Record<string, unknown>;
  /** The JSON body of GraphQL over HTTP. */
  readonly body: string;
  /** Of a subscription: asks for the version of each event and what was missed after the last one, where feeds have it. */
  readonly resume?: Resume;
}

/** The opening of a subscription; when it is opened again, with the version of the last event. */
export interface Resume {
  readonly after?: number;
}

/** The executor takes ownership of `data` and modifies it, so a transport never returns the same objects twice. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

export interface SubgraphTransport {
  /** @throws {SubgraphUnavailableError} */
  execute(request: SubgraphRequest, context: OperationContext): Promise<SubgraphResponse>;
  /** @throws {SubgraphUnavailableError} when it cannot connect; the generator throws it when the connection is lost */
  subscribe(request: SubgraphRequest, context: OperationContext): Promise<AsyncGenerator<SubgraphResponse>>;
  close?(): Promise<void>;
}

/**
 * - `unreachable`: no connection, or it was lost before the response was complete;
 * - `status`: an HTTP status of a temporary failure (429, 502, 503, 504);
 * - `timeout`: the deadline passed;
 * - `circuit-open`: not sent, because the circuit breaker is open;
 * - `response`: too large, not a GraphQL response, or the subgraph threw: the failure of this very request.
 */
export type UnavailableReason = 'unreachable' | 'status' | 'timeout' | 'circuit-open' | 'response' | 'cancelled';

/** A fetch failed. Its fields are null, with the code SUBGRAPH_UNAVAILABLE. */
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

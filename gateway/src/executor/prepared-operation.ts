import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { OperationKind, Variables } from '../operation/operation-request.ts';
import type { Asker } from '../request/asker.ts';
import type { OperationContext } from '../request/operation-context.ts';
import type { IncrementalFields, IncrementalPart, PendingFragment } from './incremental-part.ts';
import type { SubgraphResponse } from '../transports/subgraph-transport.ts';

/** The response to one operation. */
export interface Answer {
  /** The whole response as JSON in UTF-8. */
  readonly bytes: Buffer;
  /** `bytes` as text. */
  readonly body: string;
  /** `{"data":…}`; undefined when nothing was executed. */
  readonly response: Buffer | undefined;
  /** The response's `data` as JSON; undefined when nothing was executed. */
  readonly data: string | undefined;
  readonly errors: readonly GraphQLFormattedError[];
  /** The parsed response. */
  readonly result: ExecutionResult;
  /** Allows the response's memory to be reused; do not read it afterwards. Optional. */
  release(): void;
}

/** The later parts of a response. */
export interface DeferredParts {
  /** The fragments announced by the first part. */
  readonly pending: readonly PendingFragment[];
  /**
   * Fetches and writes the deferred fields. Nothing is fetched before the first part is pulled. Parts that become ready
   * while the consumer is busy are joined.
   */
  [Symbol.asyncIterator](): AsyncGenerator<IncrementalPart>;
  /** The complete response, for records. Call it after the last part. */
  whole(): Answer;
}

/** The response to an operation with `@defer`. */
export interface IncrementalAnswer {
  readonly first: Answer;
  /** Undefined when nothing is deferred. */
  readonly rest: DeferredParts | undefined;
}

export interface SubscriptionPlan {
  readonly subgraph: string;
  /** Equal in two generations when plan, subgraphs and response types are equal. */
  readonly planHash: string;
  /** The upstream subscription for these variables. */
  request(variables: Variables): Promise<{
    query: string;
    operationName?: string | undefined;
    variables: Record<string, unknown>;
  }>;
  /** Runs the rest of the plan on an event. Takes ownership of the event's data. */
  hydrate(event: SubgraphResponse, variables: Variables, context: OperationContext): Promise<Answer>;
}

/** An operation compiled for one authorisation outcome. Immutable and shared by requests. */
export interface PreparedOperation {
  readonly kind: OperationKind;
  /** Equal for operations that differ only in layout, names of fragments or of the operation, or unused definitions. */
  readonly fingerprint: string;
  /** Characters of its text without layout. */
  readonly length: number;
  /** Identifies the authorisation outcome; empty when the operation has no requirements. */
  readonly authorizationKey: string;
  /** UNAUTHORIZED_FIELD_OR_TYPE with the path of response keys. */
  readonly authorizationErrors: readonly GraphQLFormattedError[];
  /** Never rejects: invalid variables, unavailable subgraphs and bugs are errors of the response. */
  execute(variables: Variables | null | undefined, context: OperationContext): Promise<Answer>;
  /** As `execute`, with the fragments of `@defer` in later parts. Iterate them always: they keep subgraphs' connections. */
  executeIncrementally(
    variables: Variables | null | undefined,
    context: OperationContext,
    deferredFields: IncrementalFields,
  ): Promise<IncrementalAnswer>;
  /**
   * Plans a subscription for these variables.
   *
   * @returns what keeps it from starting: invalid variables, or unauthorised fields in the mode `reject`
   * @throws {RequestRejectedError} when it cannot be planned
   */
  start(variables: Variables | null | undefined, asker: Asker | undefined): Promise<readonly GraphQLFormattedError[]>;
  /** Undefined for other operations, and when the root field is unauthorised or skipped; `execute` then responds. */
  readonly subscription?: SubscriptionPlan;
}

import type { DocumentNode, ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { OperationKind, Variables } from '../operation/operation-request.ts';
import type { OperationContext } from '../request/operation-context.ts';
import type { SubgraphResponse } from '../transports/subgraph-transport.ts';

/** The response to one operation. */
export interface Answer {
  /** The whole response as JSON in UTF-8. */
  readonly bytes: Buffer;
  /** The same as text. */
  readonly body: string;
  /** The response without its errors; absent when the request was refused before execution. */
  readonly response: Buffer | undefined;
  /** The response's `data` as JSON; absent as the response is. */
  readonly data: string | undefined;
  readonly errors: readonly GraphQLFormattedError[];
  /** `data` is parsed when this is first read. */
  readonly result: ExecutionResult;
  /** Returns the memory of the response for reuse; it must not be read afterwards. Calling it is optional. */
  release(): void;
}

export interface SubscriptionPlan {
  readonly subgraph: string;
  /** The upstream subscription for these variables. */
  request(variables: Variables): {
    query: string;
    operationName?: string | undefined;
    variables: Record<string, unknown>;
  };
  /** Completes an upstream event through the rest of the plan. It takes ownership of the event's data. */
  hydrate(event: SubgraphResponse, variables: Variables, context: OperationContext): Promise<Answer>;
}

/** An operation compiled for one authorisation outcome. Immutable, shared by all requests that hit the cache. */
export interface PreparedOperation {
  readonly kind: OperationKind;
  readonly operationName: string | null;
  readonly document: DocumentNode;
  /** Equal in two generations when the operation is executed in the same way by the same subgraphs. */
  readonly planHash: string;
  /** The authorisation outcome that the operation depends on; holds nothing of the token. */
  readonly authorizationKey: string;
  /** UNAUTHORIZED_FIELD_OR_TYPE with the path of response keys. */
  readonly authorizationErrors: readonly GraphQLFormattedError[];
  /** Never rejects: bad variables, unreachable subgraphs and bugs are errors in the response. */
  execute(variables: Variables | null | undefined, context: OperationContext): Promise<Answer>;
  /** Why a subscription is not started: its variables (BAD_USER_INPUT), or in the mode `reject` what is unauthorised. */
  startErrors(variables: Variables | null | undefined): readonly GraphQLFormattedError[];
  /** Of a subscription. Absent when its root field is unauthorised or skipped: `execute` then gives the response. */
  readonly subscription?: SubscriptionPlan;
}

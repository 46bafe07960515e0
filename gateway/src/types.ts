import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { Caller, Device } from '@marquee/identity';
import type { Span, Tracer } from '@marquee/telemetry';
import type { DocumentNode, ExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';

export type { Caller, Device };

export type OperationKind = 'query' | 'mutation' | 'subscription';

/** One fetch. The same text and variables always give the same `body`, so it also serves to recognise equal fetches. */
export interface SubgraphRequest {
  readonly kind: OperationKind;
  readonly query: string;
  readonly operationName?: string | undefined;
  /** Made on first use: transports that send `body` never pay for it. */
  readonly variables: Record<string, unknown>;
  /** The JSON body of GraphQL over HTTP. */
  readonly body: string;
  readonly caller: Caller;
  readonly authorization?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly traceId: string;
  /** What the fetch is a part of, when that is recorded. */
  readonly span?: Span | undefined;
  readonly device?: Device | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The executor takes `data` over and writes into it: a transport never hands the same objects to two callers. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

export interface SubgraphTransport {
  /** @throws {SubgraphUnavailableError} when the subgraph cannot be reached, or not in time. */
  execute(request: SubgraphRequest): Promise<SubgraphResponse>;
  /** @throws {SubgraphUnavailableError} when the subgraph cannot be reached; also from the generator, when it is lost. */
  subscribe(request: SubgraphRequest): Promise<AsyncGenerator<SubgraphResponse>>;
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

/** A request that is answered without being executed: it does not parse or validate, or names no operation. */
export class RequestRejectedError extends Error {
  override readonly name = 'RequestRejectedError';
  /** With `extensions.code` GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED or BAD_USER_INPUT. */
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors.map((error) => error.message).join('\n'));
    this.errors = errors;
  }
}

/** What an execution knows of the request it serves. */
export interface OperationContext {
  readonly caller: Caller;
  readonly authorization?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly traceId: string;
  /** The span of the operation, when it is recorded. */
  readonly span?: Span | undefined;
  readonly device?: Device | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Progressive `@override` labels that are on for this request. `percent(…)` labels are drawn by the executor. */
  readonly overrideLabels?: ReadonlySet<string>;
}

/** The answer to one operation. */
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
  /** Parsed from `data` when first read. */
  readonly result: ExecutionResult;
  /** Gives the memory of the response back: nobody reads any of it after this. Need not be called. */
  release(): void;
}

export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null;
  /** Saves parsing when the caller has done it. */
  readonly document?: DocumentNode;
  /** Only policies read them at this point. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

export type Variables = Readonly<Record<string, unknown>>;

export interface SubscriptionPlan {
  readonly subgraph: string;
  /** The upstream subscription for these variables. */
  request(variables: Variables): {
    query: string;
    operationName?: string | undefined;
    variables: Record<string, unknown>;
  };
  /** Completes an upstream event through the rest of the plan. The event's data is taken over. */
  hydrate(event: SubgraphResponse, variables: Variables, context: OperationContext): Promise<Answer>;
}

/** An operation as compiled for one authorisation outcome. Immutable, shared by all requests that hit the cache. */
export interface PreparedOperation {
  readonly kind: OperationKind;
  readonly operationName: string | null;
  readonly document: DocumentNode;
  /** Equal over two generations when the operation is executed in the same way by the same subgraphs. */
  readonly planHash: string;
  /** The authorisation outcome that the operation depends on; never anything of the token. */
  readonly authorizationKey: string;
  /** UNAUTHORIZED_FIELD_OR_TYPE with the path of response keys. */
  readonly authorizationErrors: readonly GraphQLFormattedError[];
  /** Throws nothing: bad variables, unreachable subgraphs and bugs are errors of the answer. */
  execute(variables: Variables | null | undefined, context: OperationContext): Promise<Answer>;
  /** Why a subscription is not started: its variables (BAD_USER_INPUT), or in the mode `reject` what is unauthorised. */
  startErrors(variables: Variables | null | undefined): readonly GraphQLFormattedError[];
  /** Of a subscription; absent when its root field is not authorised or is skipped: `execute` then gives the answer. */
  readonly subscription?: SubscriptionPlan;
}

/** One supergraph's compiled state: immutable. */
export interface Generation {
  readonly id: string;
  /** The public API. */
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
  /**
   * Cached. A promise only when a policy answered with one.
   * @throws {RequestRejectedError} when the request does not parse or validate.
   */
  prepare(request: OperationRequest, caller: Caller): PreparedOperation | Promise<PreparedOperation>;
  /** An operation that was prepared before, and so is valid. */
  known(query: string, operationName: string | null): KnownOperation | undefined;
}

export interface KnownOperation {
  readonly kind: OperationKind;
  readonly name: string | null;
  readonly document: DocumentNode;
  /** As {@link Generation.prepare} does. */
  prepare(variables: Variables, caller: Caller): PreparedOperation | Promise<PreparedOperation>;
  /** Keeps what it runs on, whatever supergraph takes over, until the result is called. */
  hold(): () => void;
}

/** How often an operation was found compiled, since the start, and how many are kept. */
export interface PlanCache {
  readonly hits: number;
  readonly misses: number;
  readonly size: number;
}

export interface Swap {
  readonly previous: Generation | undefined;
  readonly current: Generation;
  /** Resolves when nothing executes on the previous generation any more. */
  readonly drained: Promise<void>;
}

/** What `new ApolloServer({ gateway })` takes. Its context value must be an {@link OperationContext}. */
export type ApolloServerGateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface Engine {
  /** @throws when nothing was loaded yet. */
  current(): Generation;
  /**
   * Compiles and warms a generation, then swaps it in at once; the old one finishes what it has begun.
   * @throws when the SDL is invalid or a security link has no enforcer: the current generation stays.
   */
  load(supergraphSdl: string): Promise<void>;
  onSwap(listener: (swap: Swap) => void): () => void;
  planCache(): PlanCache;
  /** The `ApolloGateway` that keeps the supergraph's life, executing with the engine or, by the setting, with itself. */
  readonly gateway: ApolloServerGateway;
  stop(): Promise<void>;
}

export interface PolicyRequest {
  readonly policy: string;
  readonly caller: Caller;
  readonly operationName: string | null;
  readonly variables: Variables;
  /** Where the operation meets the policy: with the arguments as the request gives them. */
  readonly uses: readonly PolicyUse[];
}

export interface PolicyUse {
  /** `Type.field`, or `Type`. */
  readonly coordinate: string;
  readonly path: readonly string[];
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Says whether the caller satisfies a policy. A throw or rejection counts as no. */
export type PolicyFunction = (request: PolicyRequest) => boolean | Promise<boolean>;

export interface AuthorizationOptions {
  /**
   * `filter`: unauthorised fields are null, the rest is answered. `reject`: one unauthorised field refuses the
   * operation. `dry-run`: nothing is withheld, `onUnauthorized` hears what would have been.
   */
  readonly mode: 'filter' | 'reject' | 'dry-run';
  readonly policies: Readonly<Record<string, PolicyFunction>>;
  readonly onUnauthorized?: (errors: readonly GraphQLFormattedError[], operationName: string | null) => void;
}

export interface EngineOptions {
  transportFor(subgraph: string, url: string): SubgraphTransport;
  readonly authorization: AuthorizationOptions;
  /** Which executor answers behind `Engine.gateway`; default `compiled`. */
  readonly executor?: 'compiled' | 'stock';
  /** How many operations a generation keeps compiled; default 2,000. */
  readonly maxOperations?: number;
  /** How many of the hottest operations a new generation compiles before it takes over; default 200. */
  readonly warmOperations?: number;
  /** The causes that clients do not see. */
  readonly onMaskedError?: (masked: { subgraph: string; error: unknown; traceId: string }) => void;
  /** In [0, 1); draws `percent(…)` override labels. */
  readonly random?: () => number;
  readonly tracer?: Tracer | undefined;
}

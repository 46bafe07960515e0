import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { Caller } from '@marquee/identity';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { AuthorizationOptions } from '../authorization/outcome.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import type { OnMaskedError } from '../operation/masked-error.ts';
import type { OperationKind, OperationRequest, Variables } from '../operation/operation-request.ts';
import type { TransportFor } from '../transports/open-transports.ts';
import type { SubgraphTransport } from '../transports/subgraph-transport.ts';

/** One supergraph's compiled state: immutable. */
export interface Generation {
  readonly id: string;
  /** The public API. */
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
  /** By the subgraph's name. */
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
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
  /** The `ApolloGateway` that keeps the supergraph's life, with its own executor. */
  readonly gateway: ApolloServerGateway;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly transportFor: TransportFor;
  readonly authorization: AuthorizationOptions;
  /** How many operations a generation keeps compiled; default 2,000. */
  readonly maxOperations?: number;
  /** How many of the hottest operations a new generation compiles before it takes over; default 200. */
  readonly warmOperations?: number;
  /** The causes that clients do not see. */
  readonly onMaskedError?: OnMaskedError;
  /** In [0, 1); draws `percent(…)` override labels. */
  readonly random?: () => number;
}

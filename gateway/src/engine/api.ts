import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { Caller } from '@marquee/identity';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { AuthorizationOptions } from '../authorization/authorization-outcome.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import type { OnMaskedError } from '../operation/masked-error.ts';
import type { OperationKind, OperationRequest, Variables } from '../operation/operation-request.ts';
import type { Planning } from '../planning/api.ts';
import type { Asker } from '../request/asker.ts';
import type { TransportFor } from '../transports/open-transports.ts';
import type { SubgraphTransport } from '../transports/subgraph-transport.ts';

/** Everything compiled for one version of the supergraph. Immutable. */
export interface Generation {
  readonly id: string;
  /** The public API. */
  readonly schema: GraphQLSchema;
  readonly supergraphSdl: string;
  /** By subgraph name. */
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  /**
   * Compiles an operation, or returns it from the cache. Returns a promise only when it is compiled, or a policy does.
   *
   * @param asker pays for new plans; undefined for work of the gateway itself
   * @throws {RequestRejectedError} when it does not parse or validate, or too much is planned at the time
   */
  prepare(request: OperationRequest, caller: Caller, asker?: Asker): PreparedOperation | Promise<PreparedOperation>;
  /** A valid operation from the cache. */
  known(query: string, operationName: string | null): KnownOperation | undefined;
}

export interface KnownOperation {
  readonly kind: OperationKind;
  readonly name: string | null;
  readonly document: DocumentNode;
  /** As {@link Generation.prepare} does. */
  prepare(variables: Variables, caller: Caller, asker?: Asker): PreparedOperation | Promise<PreparedOperation>;
  /** Keeps the generation's transports open until the returned function is called. */
  retain(): () => void;
}

/** Statistics of the cache of compiled operations; hits and misses since the start. */
export interface PlanCache {
  readonly hits: number;
  readonly misses: number;
  readonly size: number;
}

export interface Swap {
  readonly previous: Generation | undefined;
  readonly current: Generation;
  /** Resolves when the last execution on the previous generation has ended. */
  readonly drained: Promise<void>;
}

/** The `gateway` option of Apollo Server. Its context value must be an {@link OperationContext}. */
export type ApolloServerGateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface Engine {
  /** @throws before the first load */
  current(): Generation;
  /**
   * Creates and warms a generation, then makes it the current one. Running operations end on the previous one.
   *
   * @throws when the SDL is invalid or links an unsupported security feature; the current generation stays
   */
  load(supergraphSdl: string): Promise<void>;
  onSwap(listener: (swap: Swap) => void): () => void;
  planCache(): PlanCache;
  /** The `ApolloGateway` that manages the supergraph's lifecycle, with its stock executor. */
  readonly gateway: ApolloServerGateway;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly transportFor: TransportFor;
  readonly planning: Planning;
  readonly authorization: AuthorizationOptions;
  /** The texts of registered operations, which are planned at once and without a budget. */
  readonly registered?: readonly string[];
  /** Compiled operations that a generation caches; default 2,000. */
  readonly maxOperations?: number;
  /** Most-used operations that a new generation compiles before the swap; default 200. */
  readonly warmOperations?: number;
  /** Called with the causes of masked errors. */
  readonly onMaskedError?: OnMaskedError;
  /** In [0, 1); decides `percent(…)` override labels. */
  readonly random?: () => number;
}

import { type DocumentNode, getOperationAST } from 'graphql';
import type { Engine, KnownOperation } from '../engine/api.ts';
import type { OperationKind, ParsedOperation } from '../operation/operation-request.ts';
import { type OperationLimits, parseWithin } from '../protection/limits.ts';
import type { PersistedQueries } from '../protection/persisted-queries.ts';
import { type GraphQLRequest, registeredHash, textOf } from './graphql-request.ts';

/** What a client asks to be run, as its transport has decoded it. */
export interface RequestedOperation extends ParsedOperation {
  readonly query: string;
  /** Absent when the document does not say which operation is meant. */
  readonly kind: OperationKind | undefined;
  /** In the document, whether or not the request names it. */
  readonly name: string | null;
  readonly extensions?: GraphQLRequest['extensions'];
  /** As it was compiled before, where the transport holds on to that. */
  readonly known?: KnownOperation | undefined;
}

export interface OperationReaderOptions {
  readonly engine: Engine;
  readonly limits: OperationLimits;
  readonly persistedQueries: PersistedQueries | false;
}

/** Reads operations that come by sockets and event streams; over HTTP Apollo Server does. */
export class OperationReader {
  readonly #options: OperationReaderOptions;

  constructor(options: OperationReaderOptions) {
    this.#options = options;
  }

  /** @throws an error with its code when the document is missing, too large, or does not parse */
  async read(request: GraphQLRequest): Promise<RequestedOperation> {
    const query = await textOf(request, this.#options.persistedQueries);
    const { operationName = null, variables, extensions } = request;
    const document = this.#documentOf(query, operationName);
    const definition = getOperationAST(document, operationName);
    const [kind, name] = [definition?.operation, definition?.name?.value ?? operationName];
    return { query, document, kind, name, operationName, variables: variables ?? {}, extensions };
  }

  /** Learns the hash that a client registers with an operation; once the operation has passed the checks. */
  async learn(request: GraphQLRequest, { query }: RequestedOperation): Promise<void> {
    const { persistedQueries } = this.#options;
    const hash = registeredHash(request);
    if (hash !== undefined && persistedQueries !== false) await persistedQueries.set(hash, query);
  }

  #documentOf(query: string, operationName: string | null): DocumentNode {
    const { engine, limits } = this.#options;
    return engine.current().known(query, operationName)?.document ?? parseWithin(query, limits);
  }
}

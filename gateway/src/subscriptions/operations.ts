import type { DocumentNode } from 'graphql';
import { LruCache } from '../executor/lru-cache.ts';
import type { Client, OperationCheck } from '../protection/checks.ts';
import { withoutSuggestions } from '../protection/introspection.ts';
import { type OperationLimits, parseWithin } from '../protection/limits.ts';
import type { PersistedQueries } from '../protection/persisted-queries.ts';
import {
  type Caller,
  type Engine,
  type Generation,
  type PreparedOperation,
  RequestRejectedError,
  type Variables,
} from '../types.ts';
import { type GraphQLRequest, registeredHash, textOf } from './graphql-request.ts';

/** An operation that may run: checked, compiled, for this caller's rights. */
export interface AcceptedOperation {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Variables;
  readonly extensions: GraphQLRequest['extensions'];
  readonly prepared: PreparedOperation;
  /** What it was prepared by; another one may be current since. */
  readonly generation: Generation;
}

export interface OperationsOptions {
  readonly engine: Engine;
  readonly check: OperationCheck;
  readonly limits: OperationLimits;
  readonly persistedQueries: PersistedQueries | false;
  /** Whether validation errors may name fields that were perhaps meant. */
  readonly suggestions: boolean;
}

/** How many parsed documents are kept. */
const KEPT_DOCUMENTS = 2_000;

/** Accepts operations that arrive over sockets and event streams, by the same rules as those over HTTP. */
export class Operations {
  readonly #options: OperationsOptions;
  readonly #documents = new LruCache<string, DocumentNode>(KEPT_DOCUMENTS);

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /**
   * @throws GraphQLError with its code when the operation is refused
   * @throws {RequestRejectedError} when it does not validate
   */
  async accept(request: GraphQLRequest, caller: Caller, client: Client): Promise<AcceptedOperation> {
    const { engine, check, persistedQueries } = this.#options;
    const query = await textOf(request, persistedQueries);
    const document = this.#parse(query);
    const operationName = request.operationName ?? null;
    const variables = request.variables ?? {};
    await check({ query, document, operationName, variables, caller, client });
    const hash = registeredHash(request);
    if (hash !== undefined && persistedQueries !== false) await persistedQueries.set(hash, query);
    try {
      const generation = engine.current();
      const prepared = await generation.prepare({ query, operationName, document, variables }, caller);
      return { query, operationName, variables, extensions: request.extensions, prepared, generation };
    } catch (error) {
      throw this.#options.suggestions ? error : silenced(error);
    }
  }

  #parse(query: string): DocumentNode {
    const known = this.#documents.get(query);
    if (known) return known;
    const document = parseWithin(query, this.#options.limits);
    this.#documents.set(query, document);
    return document;
  }
}

function silenced(error: unknown): unknown {
  if (!(error instanceof RequestRejectedError)) return error;
  return new RequestRejectedError(error.errors.map((each) => ({ ...each, message: withoutSuggestions(each.message) })));
}

import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { Client } from '../request/client.ts';
import type { OperationCheck } from '../protection/checks.ts';
import { withoutSuggestions } from '../protection/introspection.ts';
import { type OperationLimits, parseWithin } from '../protection/limits.ts';
import type { PersistedQueries } from '../protection/persisted-queries.ts';
import type { Caller } from '@marquee/identity';
import type { Engine, Generation } from '../engine/api.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import type { Variables } from '../operation/operation-request.ts';
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

/** Accepts operations that arrive over sockets and event streams, by the same rules as those over HTTP. */
export class Operations {
  readonly #options: OperationsOptions;

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /**
   * @throws an error with its code when the operation is refused
   * @throws {RequestRejectedError} when it does not validate
   */
  async accept(request: GraphQLRequest, caller: Caller, client: Client): Promise<AcceptedOperation> {
    const { engine, check, persistedQueries } = this.#options;
    const query = await textOf(request, persistedQueries);
    const operationName = request.operationName ?? null;
    const document = this.#documentOf(query, operationName);
    const variables = request.variables ?? {};
    await check({ query, document, operationName, variables, caller, client });
    const hash = registeredHash(request);
    if (hash !== undefined && persistedQueries !== false) await persistedQueries.set(hash, query);
    const generation = engine.current();
    const prepared = await generation.prepare({ query, operationName, document, variables }, caller);
    return { query, operationName, variables, extensions: request.extensions, prepared, generation };
  }

  /** The errors of a request that does not run, as its client may read them. */
  shown(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
    if (this.#options.suggestions) return errors;
    return errors.map((error) => ({ ...error, message: withoutSuggestions(error.message) }));
  }

  #documentOf(query: string, operationName: string | null): DocumentNode {
    const { engine, limits } = this.#options;
    return engine.current().known(query, operationName)?.document ?? parseWithin(query, limits);
  }
}

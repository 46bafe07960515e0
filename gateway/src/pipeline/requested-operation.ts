import { getOperationAST } from 'graphql';
import type { Engine, KnownOperation } from '../engine/api.ts';
import type { OperationKind, ParsedOperation } from '../operation/operation-request.ts';
import { type OperationLimits, parseWithinLimits } from '../protection/limits.ts';
import type { PersistedQueries } from '../protection/persisted-queries.ts';
import { type GraphQLRequest, loadQuery } from './graphql-request.ts';

/** A client's operation, decoded by its transport. */
export interface RequestedOperation extends ParsedOperation {
  readonly query: string;
  /** Undefined when the request does not determine the operation. */
  readonly kind: OperationKind | undefined;
  /** The name in the document, also when the request does not send it. */
  readonly name: string | null;
  readonly extensions?: GraphQLRequest['extensions'];
  /** Whether the document is that of a compiled operation, so that it takes no memory of its own. */
  readonly isShared?: boolean;
  /** The compiled operation, if the transport has looked it up. */
  readonly known?: KnownOperation | undefined;
}

export interface OperationReaderOptions {
  readonly engine: Engine;
  readonly limits: OperationLimits;
  readonly persistedQueries: PersistedQueries | false;
}

/** Reads operations of sockets, response streams and responses in parts; Apollo Server reads the others. */
export class OperationReader {
  readonly #options: OperationReaderOptions;

  constructor(options: OperationReaderOptions) {
    this.#options = options;
  }

  /** @throws an error with a code when the document is missing, too large, or does not parse */
  async read(request: GraphQLRequest): Promise<RequestedOperation> {
    const query = await loadQuery(request, this.#options.persistedQueries);
    const { operationName = null, variables, extensions } = request;
    const known = this.#options.engine.current().known(query, operationName)?.document;
    const document = known ?? parseWithinLimits(query, this.#options.limits);
    const definition = getOperationAST(document, operationName);
    const [kind, name] = [definition?.operation, definition?.name?.value ?? operationName];
    return {
      ...{ query, document, kind, name, operationName, variables: variables ?? {}, extensions },
      isShared: known !== undefined,
    };
  }
}

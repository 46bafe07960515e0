import type { DocumentNode, GraphQLFormattedError } from 'graphql';

export type OperationKind = 'query' | 'mutation' | 'subscription';

export type Variables = Readonly<Record<string, unknown>>;

export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null;
  /** Saves parsing when the caller has done it. */
  readonly document?: DocumentNode;
  /** Only policies read them at this point. */
  readonly variables?: Variables;
}

/** An operation of a document that parses. */
export interface ParsedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Variables;
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

import type { DocumentNode, GraphQLFormattedError } from 'graphql';

export type OperationKind = 'query' | 'mutation' | 'subscription';

export type Variables = Readonly<Record<string, unknown>>;

export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null;
  /** The parsed query, if the caller has it. */
  readonly document?: DocumentNode;
  /** Preparation passes them to policies only. */
  readonly variables?: Variables;
}

export interface ParsedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Variables;
}

/** A request that does not parse or validate, or names no operation. It is not executed. */
export class RequestRejectedError extends Error {
  override readonly name = 'RequestRejectedError';
  /** With `extensions.code` GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED or BAD_USER_INPUT. */
  readonly errors: readonly GraphQLFormattedError[];

  /** @param options with the cause of errors that hide it */
  constructor(errors: readonly GraphQLFormattedError[], options?: ErrorOptions) {
    super(errors.map((error) => error.message).join('\n'), options);
    this.errors = errors;
  }
}

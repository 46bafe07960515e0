import { isDatabaseOutage } from '@marquee/database';
import { type ClientError, isPublic, maskError, unavailable } from '@marquee/errors';
import { withoutValues } from '@marquee/input';
import { mapAsyncIterator } from '@whatwg-node/promise-helpers';
import {
  createSourceEventStream,
  execute,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';

import { userIdOf } from './caller.ts';
import type { RequestContext } from './context.ts';
import { Documents, type OperationKind, type PreparedDocument } from './documents.ts';
import type { Look } from './looks.ts';

/** One GraphQL request to a subgraph. */
export interface GraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

export type FormattedResult = Omit<ExecutionResult, 'errors'> & { errors?: readonly GraphQLFormattedError[] };

/** Wraps the execution of one subscription event. @param execute runs the operation on the event */
export type CompleteEvent = (
  event: unknown,
  execute: (context: RequestContext) => Promise<FormattedResult>,
) => Promise<FormattedResult>;

/** Writes looks at what belongs to others to the audit log. @throws when it cannot, and then nothing is answered */
export type RecordLooks = (actorId: string, looks: readonly Look[]) => Promise<void>;

/** Receives errors whose cause is masked. */
export type UnexpectedErrorListener = (error: GraphQLError, context: RequestContext) => void;

/**
 * Formats an error for the client. Request errors are BAD_USER_INPUT; a database that is away makes the subgraph
 * unavailable; other errors without a code are masked.
 */
function formatError(
  subgraph: string,
  error: GraphQLError,
  context: RequestContext,
  report: UnexpectedErrorListener,
): ClientError {
  if (isPublic(error.extensions['code'])) return maskError(error);
  if (error.path === undefined && isRequestError(error)) {
    const message = withoutValues(error.message);
    return maskError({ ...error.toJSON(), message, extensions: { code: 'BAD_USER_INPUT' } });
  }
  report(error, context);
  if (isDatabaseOutage(error.originalError)) {
    const { message, extensions } = unavailable(subgraph);
    return maskError({ message, path: error.path, extensions });
  }
  return maskError(error, context.traceId);
}

/** Whether graphql-js raised the error: without an original error, or with that of an invalid variable. */
function isRequestError({ originalError }: GraphQLError): boolean {
  return originalError === undefined || originalError instanceof GraphQLError;
}

const NO_VARIABLES = {};

/** Executes operations. */
export class Executor {
  readonly #subgraph: string;
  readonly #schema: GraphQLSchema;
  readonly #report: UnexpectedErrorListener;
  readonly #onMutation: () => void;
  readonly #recordLooks: RecordLooks;
  readonly #documents: Documents;

  /**
   * @param subgraph its name
   * @param onMutation called after each mutation
   */
  constructor(
    subgraph: string,
    schema: GraphQLSchema,
    report: UnexpectedErrorListener,
    onMutation: () => void = () => undefined,
    recordLooks: RecordLooks = async () => undefined,
  ) {
    this.#subgraph = subgraph;
    this.#schema = schema;
    this.#documents = new Documents(schema);
    this.#report = report;
    this.#onMutation = onMutation;
    this.#recordLooks = recordLooks;
  }

  /** The operation's type; `query` when it does not parse. */
  kindOf({ query }: GraphRequest): OperationKind {
    return this.#documents.prepare(query).kind;
  }

  async execute(request: GraphRequest, context: RequestContext): Promise<FormattedResult> {
    const prepared = this.#documents.prepare(request.query);
    const refused = this.#refusal(prepared, request);
    if (!prepared.document || refused) return { errors: this.#format(refused ?? prepared.errors, context) };
    const result = await execute(this.#arguments(prepared.document, request, context));
    if (prepared.kind === 'mutation') this.#onMutation();
    return this.#recorded(this.#formatted(this.#withoutValues(result, prepared, request), context), context);
  }

  /** @param complete called for each event when the consumer requests it */
  async subscribe(
    request: GraphRequest,
    context: RequestContext,
    complete: CompleteEvent,
  ): Promise<AsyncIterableIterator<FormattedResult> | FormattedResult> {
    const prepared = this.#documents.prepare(request.query);
    const refused = this.#refusal(prepared, request);
    if (!prepared.document || refused) return { errors: this.#format(refused ?? prepared.errors, context) };
    const { document } = prepared;
    const events = await createSourceEventStream(this.#arguments(document, request, context));
    if (!(Symbol.asyncIterator in events))
      return this.#formatted(this.#withoutValues(events, prepared, request), context);
    return mapAsyncIterator(events, (event) =>
      complete(event, async (own) =>
        this.#recorded(
          this.#formatted(await execute({ ...this.#arguments(document, request, own), rootValue: event }), own),
          own,
        ),
      ),
    );
  }

  #arguments(document: DocumentNode, request: GraphRequest, contextValue: RequestContext) {
    return {
      schema: this.#schema,
      document,
      contextValue,
      variableValues: request.variables ?? NO_VARIABLES,
      ...(request.operationName !== undefined && { operationName: request.operationName }),
    };
  }

  /** The limits are checked here too, because a subgraph's port does not trust its clients. */
  #refusal(
    prepared: PreparedDocument,
    { operationName, variables }: GraphRequest,
  ): readonly GraphQLError[] | undefined {
    const error = prepared.inputOf(operationName)?.limitError?.(variables ?? NO_VARIABLES);
    return error && [error];
  }

  /** Where graphql-js refuses variables, quoting them, the same errors without the values. */
  #withoutValues(result: ExecutionResult, prepared: PreparedDocument, request: GraphRequest): ExecutionResult {
    if (result.data !== undefined) return result;
    const { errors } = prepared.inputOf(request.operationName)?.coerce(request.variables ?? NO_VARIABLES) ?? {};
    return errors ? { ...result, errors } : result;
  }

  #format(errors: readonly GraphQLError[], context: RequestContext): GraphQLFormattedError[] {
    return errors.map((error) => formatError(this.#subgraph, error, context, this.#report));
  }

  /** The result, once the looks that led to it are in the audit log. */
  async #recorded(result: FormattedResult, context: RequestContext): Promise<FormattedResult> {
    const looks = context.looks.takeNew();
    const actorId = userIdOf(context.caller);
    if (looks.length === 0 || actorId === null) return result;
    try {
      await this.#recordLooks(actorId, looks);
      return result;
    } catch (error) {
      const failed = new GraphQLError('The look could not be recorded', { originalError: asError(error) });
      return { errors: this.#format([failed], context) };
    }
  }

  #formatted({ errors, ...result }: ExecutionResult, context: RequestContext): FormattedResult {
    return errors ? { ...result, errors: this.#format(errors, context) } : result;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

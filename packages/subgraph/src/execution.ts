import {
  execute,
  GraphQLError,
  parse,
  subscribe,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';

import { PUBLIC_CODES } from './errors.ts';
import type { RequestContext } from './context.ts';

/** One GraphQL request to a subgraph. */
export interface GraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

export type FormattedResult = Omit<ExecutionResult, 'errors'> & { errors?: readonly GraphQLFormattedError[] };

/** Told of failures that are masked: the only place where their cause is seen. */
export type UnexpectedErrorListener = (error: GraphQLError, context: RequestContext) => void;

const DOCUMENTS_KEPT = 2_000;

/**
 * Shows an error to the client: its code and message when the code is public, else nothing of the cause.
 *
 * Errors that graphql itself raised (no original error) concern the request and stay readable.
 */
export function formatError(
  error: GraphQLError,
  context: RequestContext,
  report: UnexpectedErrorListener,
): GraphQLFormattedError {
  const { locations: _locations, ...shown } = error.toJSON();
  const code = error.extensions['code'];
  if (typeof code === 'string' && PUBLIC_CODES.has(code)) return shown;
  if (error.path === undefined && concernsTheRequest(error)) {
    return { ...shown, extensions: { ...shown.extensions, code: 'BAD_USER_INPUT' } };
  }
  report(error, context);
  const extensions = { code: 'INTERNAL_SERVER_ERROR', traceId: context.traceId };
  return { message: 'Something went wrong on our side.', ...(error.path && { path: error.path }), extensions };
}

/** graphql says of a variable it cannot read what it is, with the error of the value inside. */
function concernsTheRequest({ originalError }: GraphQLError): boolean {
  return originalError === undefined || originalError instanceof GraphQLError;
}

interface Prepared {
  readonly document?: DocumentNode;
  readonly mutates?: boolean;
  readonly errors?: readonly GraphQLError[];
}

/** Runs operations on one schema; parsed and validated documents are kept, since a gateway sends the same few. */
export class Executor {
  readonly #schema: GraphQLSchema;
  readonly #report: UnexpectedErrorListener;
  readonly #onMutation: () => void;
  readonly #documents = new Map<string, Prepared>();

  /** @param onMutation called after each mutation */
  constructor(schema: GraphQLSchema, report: UnexpectedErrorListener, onMutation: () => void = () => undefined) {
    this.#schema = schema;
    this.#report = report;
    this.#onMutation = onMutation;
  }

  async execute(request: GraphRequest, context: RequestContext): Promise<FormattedResult> {
    const prepared = this.#prepare(request.query);
    if (!prepared.document) return { errors: this.#format(prepared.errors ?? [], context) };
    const result = await execute(this.#arguments(prepared.document, request, context));
    if (prepared.mutates) this.#onMutation();
    return this.#formatted(result, context);
  }

  async subscribe(
    request: GraphRequest,
    context: RequestContext,
  ): Promise<AsyncGenerator<FormattedResult> | FormattedResult> {
    const prepared = this.#prepare(request.query);
    if (!prepared.document) return { errors: this.#format(prepared.errors ?? [], context) };
    const stream = await subscribe(this.#arguments(prepared.document, request, context));
    if (!(Symbol.asyncIterator in stream)) return this.#formatted(stream, context);
    return this.#formattedStream(stream, context);
  }

  #arguments(document: DocumentNode, request: GraphRequest, contextValue: RequestContext) {
    return {
      schema: this.#schema,
      document,
      contextValue,
      variableValues: request.variables ?? {},
      ...(request.operationName !== undefined && { operationName: request.operationName }),
    };
  }

  #prepare(query: string): Prepared {
    const kept = this.#documents.get(query);
    if (kept) return kept;
    const prepared = this.#parse(query);
    if (this.#documents.size >= DOCUMENTS_KEPT) this.#documents.delete(this.#documents.keys().next().value ?? '');
    this.#documents.set(query, prepared);
    return prepared;
  }

  #parse(query: string): Prepared {
    try {
      const document = parse(query, { maxTokens: 20_000, noLocation: true });
      const errors = validate(this.#schema, document);
      if (errors.length > 0) return { errors };
      const mutates = document.definitions.some((part) => 'operation' in part && part.operation === 'mutation');
      return { document, mutates };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  }

  #format(errors: readonly GraphQLError[], context: RequestContext): GraphQLFormattedError[] {
    return errors.map((error) => formatError(error, context, this.#report));
  }

  #formatted({ errors, ...result }: ExecutionResult, context: RequestContext): FormattedResult {
    return errors ? { ...result, errors: this.#format(errors, context) } : result;
  }

  /** By hand rather than by an async generator: its `return` must end a stream that waits for its next event. */
  #formattedStream(stream: AsyncGenerator<ExecutionResult>, context: RequestContext): AsyncGenerator<FormattedResult> {
    const format = (step: IteratorResult<ExecutionResult>): IteratorResult<FormattedResult> =>
      step.done ? { done: true, value: undefined } : { done: false, value: this.#formatted(step.value, context) };
    const formatted = {
      next: async () => format(await stream.next()),
      return: async () => format(await stream.return(undefined)),
      throw: async (error: unknown) => format(await stream.throw(error)),
      [Symbol.asyncIterator]: () => formatted,
      [Symbol.asyncDispose]: async () => void (await stream.return(undefined)),
    } as AsyncGenerator<FormattedResult>;
    return formatted;
  }
}

import {
  type ApolloServerPlugin,
  type GraphQLRequest as ApolloRequest,
  type GraphQLRequestListener,
  HeaderMap,
} from '@apollo/server';
import { isCoded, statusOf, statusOfErrors } from '@marquee/errors';
import {
  type DocumentNode,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
} from 'graphql';
import type { ApolloServerGateway } from '../engine/api.ts';
import { answer, unparsedResult, SerializedData, serializedResponse } from '../executor/answer.ts';
import { nameTrace } from '../pipeline/client-errors.ts';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import { hashOfDocumentId, isRecord } from '../pipeline/graphql-request.ts';
import type { OperationPipeline, Outcome } from '../pipeline/operation-pipeline.ts';
import type { RequestedOperation } from '../pipeline/requested-operation.ts';
import type { HttpGatewayRequest } from './http-request.ts';

/** Runs the pipeline's checks and records for the operations that Apollo Server parses. */
export function pipelinePlugin(pipeline: OperationPipeline): ApolloServerPlugin<HttpGatewayRequest> {
  const listener: GraphQLRequestListener<HttpGatewayRequest> = {
    didResolveOperation: async (context) => {
      try {
        await pipeline.check(operationOf(context, context.document), context.contextValue);
      } catch (error) {
        pipeline.errors.logHidden(error, context.contextValue.trace.traceId);
        throw withStatus(error);
      }
    },
    willSendResponse: async (context) => {
      const { response, contextValue } = context;
      if (response.body.kind !== 'single') return;
      const result = response.body.singleResult;
      if (result.errors) nameTrace(result.errors, contextValue.trace.traceId);
      const status = result.data === undefined ? statusOfFailure(result.errors ?? []) : undefined;
      if (status !== undefined) response.http.status = status;
      const { retryAfterSeconds } = (result.data === undefined && result.errors?.[0]?.extensions) || {};
      if (typeof retryAfterSeconds === 'number') response.http.headers.set('retry-after', String(retryAfterSeconds));
      const cost = pipeline.record(operationOf(context, context.document), outcomeOf(result), contextValue);
      if (cost) result.extensions = { ...result.extensions, cost };
      if (contextValue.record.isBatch) return;
      const written = serializedResponse(result);
      if (!written) return;
      contextValue.record.written = written;
      // The route sends the bytes; Apollo Server would first make a string of them.
      response.body.singleResult = {};
    },
  };
  return {
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) => {
      requestContext.contextValue.record.failure = error;
    },
    requestDidStart: async ({ request }) => {
      nameDocument(request);
      return listener;
    },
  };
}

/** Apollo Server does not know `documentId`, so it looks up the hash as that of an automatic persisted query. */
function nameDocument(request: ApolloRequest): void {
  const { body, search } = request.http ?? {};
  const documentId = isRecord(body) ? body['documentId'] : new URLSearchParams(search).get('documentId');
  if (typeof documentId !== 'string') return;
  const persistedQuery = { version: 1, sha256Hash: hashOfDocumentId(documentId) };
  delete request.query;
  request.extensions = { ...request.extensions, persistedQuery };
}

/** The gateway for Apollo Server, whose executor is the pipeline. */
export function pipelineGateway(
  gateway: ApolloServerGateway,
  pipeline: OperationPipeline,
  executor: 'compiled' | 'stock',
): ApolloServerGateway {
  const compiled: ApolloExecutor = async (context) =>
    unparsedResult(await pipeline.run(operationOf(context, context.document), context.context as GatewayRequest));
  return {
    ...gateway,
    load: async (options) => {
      const { executor: stock } = await gateway.load(options);
      return { executor: stock && executor === 'stock' ? stockExecutor(pipeline, stock) : compiled };
    },
  };
}

type ApolloExecutor = NonNullable<Awaited<ReturnType<ApolloServerGateway['load']>>['executor']>;

/** The stock executor cannot filter fields, so an operation with an unauthorised field is rejected as a whole. */
function stockExecutor(pipeline: OperationPipeline, execute: ApolloExecutor): ApolloExecutor {
  return (context) => {
    const operation = operationOf(context, context.document);
    return pipeline.inSpan(operation, context.context as GatewayRequest, async (request) => {
      try {
        const { authorizationErrors } = await pipeline.prepare(operation, request);
        if (authorizationErrors.length > 0) return unparsedResult(answer(undefined, authorizationErrors));
        return await execute({ ...context, context: request });
      } catch (error) {
        return unparsedResult(answer(undefined, pipeline.errors.errorsOf(error, request.trace.traceId)));
      }
    });
  };
}

/** The parts of Apollo Server's request context that are read here. */
interface ApolloOperation {
  readonly source?: string;
  readonly operation?: OperationDefinitionNode;
  readonly request: {
    readonly operationName?: string | undefined;
    readonly variables?: Record<string, unknown> | undefined;
    readonly extensions?: Record<string, unknown> | undefined;
  };
}

function operationOf<Document extends DocumentNode | undefined>(
  { source = '', operation, request }: ApolloOperation,
  document: Document,
): Omit<RequestedOperation, 'document'> & { readonly document: Document } {
  const { operationName = null, variables = {}, extensions } = request;
  const name = operation?.name?.value ?? operationName;
  return { query: source, document, kind: operation?.operation, name, operationName, variables, extensions };
}

function outcomeOf({ errors = [], data }: FormattedExecutionResult): Outcome {
  const result = {
    get data() {
      return data instanceof SerializedData ? data.toJSON() : data;
    },
  };
  return { errors, response: data, result };
}

/** The status of a response without data. Undefined keeps Apollo Server's own, which is 400 by default. */
function statusOfFailure(errors: readonly GraphQLFormattedError[]): number | undefined {
  const status = statusOfErrors(errors);
  return status === 400 ? undefined : status;
}

/** Adds the HTTP status and `Retry-After` that belong to an error's code. */
export function withStatus(error: unknown): unknown {
  if (!isCoded(error)) return error;
  const status = statusOf(error.extensions.code);
  const { retryAfterSeconds } = error.extensions;
  const headers = new HeaderMap();
  if (typeof retryAfterSeconds === 'number') headers.set('retry-after', String(retryAfterSeconds));
  return new GraphQLError(error.message, {
    ...(error instanceof GraphQLError && error.nodes ? { nodes: error.nodes } : {}),
    extensions: { ...error.extensions, http: { status, headers } },
  });
}

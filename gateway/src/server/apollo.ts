import {
  ApolloServer,
  HeaderMap,
  type ApolloServerOptions,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { isCoded, statusOf, statusOfErrors } from '@marquee/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { stringifyResponse, WrittenData, writtenResponse } from '../executor/answer.ts';
import type { Log } from '@marquee/telemetry';
import type { OperationCheck } from '../protection/checks.ts';
import type { DemandControl } from '../protection/cost/demand-control.ts';
import type { OperationLimits } from '../protection/limits.ts';
import type { PersistedQueries } from '../protection/persisted-queries.ts';
import type { ApolloServerGateway } from '../engine/api.ts';
import type { OperationKind } from '../operation/operation-request.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import type { GatewayContext } from './context.ts';
import { errorFormatter } from '../pipeline/errors.ts';
import { noteErrors, noteOperation } from '../pipeline/note.ts';

export interface ApolloOptions {
  readonly gateway: ApolloServerGateway;
  readonly check: OperationCheck;
  readonly limits: OperationLimits;
  readonly suggestions: boolean;
  readonly persistedQueries: PersistedQueries | false;
  readonly demand: DemandControl | undefined;
  readonly usage: SchemaUsage | undefined;
  /** @param type undefined when the document was not understood */
  readonly onOperation: (type: OperationKind | undefined, isWhole: boolean) => void;
  readonly log: Log;
}

/** Apollo Server for the semantics of GraphQL over HTTP; the operation itself runs behind its `gateway`. */
export function apolloServer(options: ApolloOptions): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    gateway: options.gateway,
    nodeEnv: 'production',
    // Refused by our own check, which sockets and event streams share.
    introspection: true,
    // The engine validates while it compiles, once an operation.
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: options.limits.maxTokens },
    includeStacktraceInErrorResponses: false,
    formatError: errorFormatter(options),
    stringifyResult: stringifyResponse,
    csrfPrevention: true,
    allowBatchedHttpRequests: options.limits.maxBatch > 1,
    stopOnTerminationSignals: false,
    persistedQueries: options.persistedQueries === false ? false : { cache: unprefixed(options.persistedQueries) },
    logger: apolloLogger(options.log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      plugin(options),
    ],
  });
}

const plugin = ({ check, demand, usage, onOperation }: ApolloOptions): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ source, document, operationName, request, contextValue }) => {
      const { client } = contextValue;
      const { caller } = contextValue.identity;
      const variables = request.variables ?? {};
      try {
        await check({ query: source, document, operationName, variables, caller, client });
      } catch (error) {
        throw withStatus(error);
      }
    },
    willSendResponse: async ({ request, response, document, operation, operationName, contextValue }) => {
      if (response.body.kind !== 'single') return;
      const result = response.body.singleResult;
      const name = operationName ?? request.operationName;
      noteOperation(name, contextValue);
      onOperation(operation?.operation, result.errors === undefined);
      if (result.errors) noteErrors(result.errors, contextValue);
      const status = result.data === undefined ? statusOfFailure(result.errors ?? []) : undefined;
      if (status !== undefined) response.http.status = status;
      if (document) {
        const executed = { document, operationName: operationName ?? null, variables: request.variables ?? {} };
        // What was refused before it ran has no data.
        if (usage && result.data !== undefined) usage.record(executed, contextValue.client);
        const cost = demand?.report(executed, request.extensions, () => plainData(result.data));
        if (cost) result.extensions = { ...result.extensions, cost };
      }
      if (contextValue.record.isBatch) return;
      const written = writtenResponse(result);
      if (!written) return;
      contextValue.record.written = written;
      // What the HTTP side sends itself need not be made a string.
      response.body.singleResult = {};
    },
  };
  return { requestDidStart: async () => listener };
};

/** Apollo Server answers 400 to whatever has no data, or another status where it has its own reasons. */
function statusOfFailure(errors: readonly GraphQLFormattedError[]): number | undefined {
  const status = statusOfErrors(errors);
  return status === 400 ? undefined : status;
}

/** Gives a refusal the HTTP status of its code. */
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

/** Apollo Server puts `apq:` before each hash; sockets and event streams share the cache without it. */
function unprefixed(cache: PersistedQueries): PersistedQueries {
  const hash = (key: string) => key.slice('apq:'.length);
  return {
    get: (key) => cache.get(hash(key)),
    set: (key, query) => cache.set(hash(key), query),
    delete: (key) => cache.delete(hash(key)),
  };
}

function apolloLogger(log: Log): NonNullable<ApolloServerOptions<GatewayContext>['logger']> {
  return {
    debug: () => {},
    info: () => {},
    warn: (message) => log.warn({}, String(message)),
    error: (message) => log.error({}, String(message)),
  };
}

function plainData(data: unknown): unknown {
  return data instanceof WrittenData ? data.toJSON() : data;
}

import { ApolloServer, type ApolloServerOptionsWithGateway, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { maskError, statusOf, unavailable } from '@marquee/errors';
import { withoutValues } from '@marquee/input';
import { type Log, traceOf } from '@marquee/telemetry';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { Subgraph } from '../subgraph.ts';
import type { Origin } from './origin.ts';
import { executionResult } from './results.ts';

/**
 * Apollo Server implements GraphQL over HTTP; the subgraph's own `execute` runs the operations, so that responses are
 * the same over every transport.
 */
export function subgraphApollo(subgraph: Subgraph, log: Log): ApolloServer<Origin> {
  return new ApolloServer<Origin>({
    gateway: subgraphGateway(subgraph, log),
    nodeEnv: 'production',
    introspection: true,
    // `execute` validates, and caches valid documents.
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: 20_000 },
    includeStacktraceInErrorResponses: false,
    formatError: normalizeParseErrors,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

function subgraphGateway(subgraph: Subgraph, log: Log): ApolloServerOptionsWithGateway<BaseContext>['gateway'] {
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listener({ apiSchema: subgraph.schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ request, source, context }) => {
        const { operationName, variables } = request;
        const origin = context as Origin;
        const work = subgraph.execute({ ...origin, query: source, operationName, variables });
        return withTimeout(
          work.then(executionResult, maskFailure(origin, subgraph.name, log)),
          origin.timeoutMs,
          subgraph.name,
        );
      },
    }),
    stop: async () => undefined,
  };
}

/** Responds with 503 after the timeout. The execution itself continues. */
async function withTimeout(
  answer: Promise<ExecutionResult>,
  timeoutMs: number,
  subgraph: string,
): Promise<ExecutionResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(withStatus(unavailable(subgraph))), timeoutMs);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Handles an error outside resolvers, such as while creating the context. */
function maskFailure({ traceparent }: Origin, subgraph: string, log: Log) {
  return (err: unknown): never => {
    const { traceId } = traceOf(traceparent);
    log.error({ err, traceId, subgraph }, 'a request failed');
    throw withStatus(err, traceId);
  };
}

/** Adds the HTTP status of an error's code. */
function withStatus(failure: unknown, traceId?: string): GraphQLError {
  const { message, extensions } = maskError(failure, traceId);
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: statusOf(extensions.code) } } });
}

/** Gives Apollo Server's parse errors the code and message that `execute` uses. */
function normalizeParseErrors(error: GraphQLFormattedError): GraphQLFormattedError {
  if (error.extensions?.['code'] !== 'GRAPHQL_PARSE_FAILED') return maskError(error);
  return maskError({ ...error, message: withoutValues(error.message), extensions: { code: 'BAD_USER_INPUT' } });
}

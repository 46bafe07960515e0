import { ApolloServer, type ApolloServerOptionsWithGateway, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { maskError, statusOf, unavailable } from '@marquee/errors';
import { type Log, traceOf } from '@marquee/telemetry';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { Subgraph } from '../subgraph.ts';
import type { Origin } from './origin.ts';
import { executionResult } from './results.ts';

/**
 * Apollo Server for the semantics of GraphQL over HTTP. Operations run through the subgraph's own `execute`, so that
 * an answer is the same however the subgraph is reached.
 */
export function subgraphApollo(subgraph: Subgraph, log: Log): ApolloServer<Origin> {
  return new ApolloServer<Origin>({
    gateway: executing(subgraph, log),
    nodeEnv: 'production',
    introspection: true,
    // `execute` validates, and keeps what it found valid.
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: 20_000 },
    includeStacktraceInErrorResponses: false,
    formatError: refusalsAsExecuted,
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

function executing(subgraph: Subgraph, log: Log): ApolloServerOptionsWithGateway<BaseContext>['gateway'] {
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
        return inTime(work.then(executionResult, masking(origin, subgraph.name, log)), origin.timeoutMs, subgraph.name);
      },
    }),
    stop: async () => undefined,
  };
}

/** Gives up on an answer that nobody waits for any more; the work itself cannot be called back. */
async function inTime(answer: Promise<ExecutionResult>, timeoutMs: number, subgraph: string): Promise<ExecutionResult> {
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

/** A failure outside of any resolver, as of making the request's context. */
function masking({ traceparent }: Origin, subgraph: string, log: Log) {
  return (err: unknown): never => {
    const { traceId } = traceOf(traceparent);
    log.error({ err, traceId, subgraph }, 'a request failed');
    throw withStatus(err, traceId);
  };
}

/** The error of a request that fails as a whole, with the HTTP status of its code. */
function withStatus(failure: unknown, traceId?: string): GraphQLError {
  const { message, extensions } = maskError(failure, traceId);
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: statusOf(extensions.code) } } });
}

/** Apollo Server parses before `execute` does, and calls what it refuses by another code. */
function refusalsAsExecuted(error: GraphQLFormattedError): GraphQLFormattedError {
  const code = error.extensions?.['code'];
  return maskError(code === 'GRAPHQL_PARSE_FAILED' ? { ...error, extensions: { code: 'BAD_USER_INPUT' } } : error);
}

import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '@marquee/telemetry';
import type { ApolloServerGateway } from '../engine/api.ts';
import { stringifyResponse } from '../executor/answer.ts';
import type { OperationPipeline } from '../pipeline/operation-pipeline.ts';
import type { OperationLimits } from '../protection/limits.ts';
import type { PersistedQueries } from '../protection/persisted-queries.ts';
import { pipelineGateway, pipelinePlugin } from './apollo-pipeline.ts';
import type { HttpGatewayRequest } from './http-request.ts';

export interface ApolloOptions {
  readonly gateway: ApolloServerGateway;
  readonly pipeline: OperationPipeline;
  readonly executor: 'compiled' | 'stock';
  readonly limits: OperationLimits;
  readonly persistedQueries: PersistedQueries | false;
  readonly log: Log;
}

/** Apollo Server implements GraphQL over HTTP; the pipeline runs the operations. */
export function apolloServer(options: ApolloOptions): ApolloServer<HttpGatewayRequest> {
  const { gateway, pipeline, executor, limits, persistedQueries, log } = options;
  return new ApolloServer<HttpGatewayRequest>({
    gateway: pipelineGateway(gateway, pipeline, executor),
    nodeEnv: 'production',
    // The pipeline rejects introspection in production, over every transport.
    introspection: true,
    // The engine validates each operation once, when it compiles it.
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: limits.maxTokens },
    includeStacktraceInErrorResponses: false,
    formatError: pipeline.errors.format,
    stringifyResult: stringifyResponse,
    // The route rejects simple requests before they get here.
    csrfPrevention: false,
    allowBatchedHttpRequests: limits.maxBatch > 1,
    stopOnTerminationSignals: false,
    persistedQueries: persistedQueries === false ? false : { cache: lookUp(persistedQueries) },
    logger: apolloLogger(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      pipelinePlugin(pipeline),
    ],
  });
}

/**
 * The persisted queries under Apollo Server's keys. It would store a document before the engine has validated it, so the
 * pipeline does that.
 */
function lookUp(persisted: PersistedQueries) {
  return {
    get: (key: string) => persisted.get(key.slice('apq:'.length)),
    set: async () => {},
    delete: async () => {},
  };
}

const UNEXPECTED = /^Unexpected error processing request:/;

function apolloLogger(log: Log): NonNullable<ApolloServerOptions<HttpGatewayRequest>['logger']> {
  return {
    debug: () => {},
    info: () => {},
    warn: (message) => log.warn({}, String(message)),
    // The request fails with it, and is logged with its trace.
    error: (message) => !UNEXPECTED.test(String(message)) && log.error({}, String(message)),
  };
}

import type { Server } from 'node:http';
import cors from '@fastify/cors';
import { CodedError } from '@marquee/errors';
import { type CheckReadiness, healthRoutes, inTrace, type Log } from '@marquee/telemetry';
import fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify';
import type { Generation } from '../engine/api.ts';
import { clientAt } from '../request/client.ts';
import type { AccessLog } from '../telemetry/access-log.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { type CompressionSettings, compressResponses } from './compression.ts';
import { limitConnections } from './connection-limit.ts';
import { type DemoAccount, explorerAssets } from './explorer.ts';
import { type GraphqlRouteOptions, graphqlRoute } from './graphql-route.ts';
import { httpErrorHandler } from './http-errors.ts';
import { pages } from './pages/landing.ts';
import { type TlsOptions, tlsServer } from './tls-server.ts';
import type { UnreadResponses } from './unread-responses.ts';
import { closeUnusedConnections } from './unused-connections.ts';

export interface HttpAppOptions {
  readonly graphql: GraphqlRouteOptions;
  /** The supergraph in use. */
  readonly current: () => Generation;
  readonly demoAccounts: readonly DemoAccount[];
  readonly mailUrl: string | undefined;
  readonly checkReadiness: CheckReadiness;
  readonly metrics: GatewayMetrics;
  /** The public keys of access tokens. */
  readonly jwks: () => Promise<unknown>;
  /** Adds other routes, such as a payment provider's webhooks. */
  readonly routes: ((app: FastifyInstance) => void | Promise<void>) | undefined;
  /** Without it, the server speaks HTTP/1.1 without TLS. */
  readonly tls: TlsOptions | undefined;
  readonly maxBodyBytes: number;
  readonly maxConnectionsPerNetwork: number;
  readonly trustedProxies: number;
  readonly corsOrigins: readonly string[];
  readonly compression: CompressionSettings | false;
  readonly unread: UnreadResponses;
  readonly accessLog: AccessLog;
  readonly log: Log;
}

/** Time for a client to send a request; without it, unfinished requests would accumulate. */
const REQUEST_TIMEOUT_MS = 60_000;

/** The HTTP server: GraphQL, explorer, health, public keys, other routes. */
export async function httpApp(options: HttpAppOptions): Promise<FastifyInstance> {
  const { graphql, jwks, routes, tls, log } = options;
  const { records } = graphql;
  const trustProxy = (_address: string, hop: number): boolean => hop < options.trustedProxies;
  const onError = httpErrorHandler(log, records);
  const app = fastify({
    bodyLimit: options.maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ...(tls && overTls(tls, log)),
    trustProxy,
    logger: false,
    // Addresses that the router cannot read fail before any hook.
    frameworkErrors: async (error, request, reply) => {
      await onError(error, request, reply.headers(DEFAULT_HEADERS));
      records.end(request, reply);
    },
  });
  if (options.trustedProxies === 0) limitConnections(app.server, options.maxConnectionsPerNetwork);
  if (!tls) closeUnusedConnections(app.server);
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(onError);
  app.setNotFoundHandler(() => {
    throw new CodedError('NOT_FOUND', `There is nothing here. The GraphQL endpoint is ${graphql.path}.`);
  });
  if (options.compression) await compressResponses(app, options.compression);
  app.addHook('onRequest', (request, reply, done) => {
    options.unread.add(request, reply);
    reply.headers(DEFAULT_HEADERS);
    if (request.protocol === 'https') reply.header('strict-transport-security', HSTS);
    done();
  });

  recordRequests(app, options);
  await app.register(async (scope) => {
    await registerCors(scope, options.corsOrigins);
    graphqlRoute(scope, graphql);
  });
  if (graphql.explorer) explorerAssets(app, options.demoAccounts);
  pages(app, { path: graphql.path, explorer: graphql.explorer, current: options.current, mailUrl: options.mailUrl });
  healthRoutes(app, options.checkReadiness);
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    return reply.header('cache-control', 'public, max-age=60').send(await jwks());
  });
  // A scope of their own keeps their body parsers and hooks from applying here.
  if (routes) {
    await app.register(async (scope) => {
      scope.addHook('preHandler', (request, _reply, done) => inTrace(records.of(request).trace, done));
      await routes(scope);
    });
  }
  return app;
}

function overTls(tls: TlsOptions, log: Log): { readonly serverFactory: FastifyServerFactory<Server> } {
  return { serverFactory: (handler) => tlsServer(tls, handler, { requestTimeoutMs: REQUEST_TIMEOUT_MS, log }) };
}

/** Other websites may read the GraphQL endpoint alone. @param scope the routes to which this applies */
async function registerCors(scope: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  // The plugin's own route would answer a preflight for any path.
  scope.addHook('onRoute', (route) => {
    if (route.url === '*') route.config = { ...route.config, cors: false };
  });
  await scope.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: ['retry-after'],
    maxAge: 86_400,
  });
}

/** A response is cached only where its route says so: responses to GET depend on the caller and on `Accept`. */
const DEFAULT_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Nothing but pages is shown by a browser; these have a policy of their own.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Browsers that came over TLS once use nothing else for a year. */
const HSTS = 'max-age=31536000';

/** Health probes. */
const UNRECORDED = new Set(['/healthz', '/readyz']);

/** Records each completed request in metrics, span and access log. */
function recordRequests(app: FastifyInstance, { graphql, metrics, unread, accessLog }: HttpAppOptions): void {
  const { path, records } = graphql;
  app.addHook('onRequest', (request, _reply, done) => {
    if (!UNRECORDED.has(request.routeOptions.url ?? '')) records.of(request);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    unread.delete(reply);
    const { url } = request.routeOptions;
    done();
    if (UNRECORDED.has(url ?? '')) return;
    const record = records.of(request);
    record.client ??= clientAt(request.ip, request.headers['user-agent']);
    const { transport, onSent } = record;
    // When the connection broke, the kernel may still read the buffer, so it is not reused.
    if (reply.raw.writableFinished) onSent?.();
    const { statusCode: status, elapsedTime: durationMs } = reply;
    metrics.countErrors(record);
    if (url === path) metrics.countRequest(transport, status, durationMs / 1_000);
    const route = url === path ? undefined : (url ?? 'unknown');
    accessLog(record, { route, status, durationMs });
    records.end(request, reply);
  });
}

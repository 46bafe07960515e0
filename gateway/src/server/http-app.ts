import type { Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import cors from '@fastify/cors';
import { ANONYMOUS, networkOf } from '@marquee/identity';
import { type CheckReadiness, healthRoutes, inTrace, type Log, refuseTinyPieces } from '@marquee/telemetry';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerFactory,
} from 'fastify';
import type { Generation } from '../engine/api.ts';
import type { RateLimits } from '../protection/rate-limits.ts';
import { clientAt } from '../request/client.ts';
import { allowedOrigins } from '../request/origins.ts';
import type { AccessLog } from '../telemetry/access-log.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { type CompressionSettings, compressResponses } from './compression.ts';
import { limitConnections } from './connection-limit.ts';
import { type DemoAccount, explorerAssets } from './explorer.ts';
import { type GraphqlRouteOptions, graphqlRoute } from './graphql-route.ts';
import { httpErrorHandler } from './http-errors.ts';
import { pages } from './pages/landing.ts';
import type { SandboxPages } from './pages/sandbox-pages.ts';
import { sessionRoute, type SessionRouteOptions } from './session-route.ts';
import { Site, type SiteOptions } from './sites/site.ts';
import { siteRoutes } from './sites/site-routes.ts';
import { type TlsOptions, tlsServer } from './tls-server.ts';
import type { UnreadResponses } from './unread-responses.ts';
import { closeUnusedConnections } from './unused-connections.ts';

export interface HttpAppOptions {
  readonly graphql: GraphqlRouteOptions;
  /** Runs the operations of sessions. */
  readonly session: Pick<SessionRouteOptions, 'engine' | 'reader' | 'pipeline'>;
  /** The supergraph in use. */
  readonly current: () => Generation;
  readonly demoAccounts: readonly DemoAccount[];
  readonly sandboxPages: SandboxPages;
  readonly sites: readonly SiteOptions[];
  readonly checkReadiness: CheckReadiness;
  readonly metrics: GatewayMetrics;
  /** The public keys of access tokens. */
  readonly jwks: () => Promise<unknown>;
  /** Adds other routes, such as a payment provider's webhooks. */
  readonly routes: ((app: FastifyInstance) => void | Promise<void>) | undefined;
  readonly chargeWebhook: RateLimits['charge'];
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
  if (options.compression) await compressResponses(app, options.compression);
  app.addHook('onRequest', (request, reply, done) => {
    options.unread.add(request, reply.raw);
    reply.headers(DEFAULT_HEADERS);
    if (request.protocol === 'https') reply.header('strict-transport-security', HSTS);
    done();
  });

  refuseTinyPieces(app, ({ ip }) => {
    graphql.securityEvent('rate-limited', { address: networkOf(ip), detail: 'pieces of a body' });
  });
  recordRequests(app, options);
  await app.register(async (scope) => {
    await registerCors(scope, options.corsOrigins);
    graphqlRoute(scope, graphql);
  });
  if (graphql.explorer) explorerAssets(app, options.demoAccounts);
  const { current, demoAccounts, sandboxPages } = options;
  sessionRoute(app, { ...graphql, ...options.session, isOwnPage: allowedOrigins([], options.trustedProxies) });
  const sites = await Promise.all(options.sites.map((site) => Site.open(site)));
  pages(app, { path: graphql.path, explorer: graphql.explorer, current, demoAccounts, sandboxPages, sites });
  siteRoutes(app, sites);
  healthRoutes(app, options.checkReadiness);
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    return reply.header('cache-control', 'public, max-age=60').send(await jwks());
  });
  // A scope of their own keeps their body parsers and hooks from applying here.
  if (routes) {
    await app.register(async (scope) => {
      scope.addHook('onRequest', (request) => chargeRoute(request, options));
      scope.addHook('preHandler', (request, _reply, done) => inTrace(records.of(request).trace, done));
      await routes(scope);
    });
  }
  return app;
}

/** The points of other routes: a document is made for whoever has a link to it. */
const ROUTE_POINTS: Readonly<Record<string, number>> = { documents: 20, pages: 1, webhooks: 1 };

/** Charges other routes to their network: no account comes with a link or a webhook. @throws RATE_LIMITED */
async function chargeRoute(
  { ip, headers, routeOptions }: FastifyRequest,
  { graphql, chargeWebhook }: Pick<HttpAppOptions, 'graphql' | 'chargeWebhook'>,
): Promise<void> {
  const kind = routeOptions.url?.split('/')[1] ?? '';
  const points = ROUTE_POINTS[kind];
  if (points === undefined) return;
  const requester = { identity: { caller: ANONYMOUS }, client: clientAt(ip, headers['user-agent']) };
  await (kind === 'webhooks' ? chargeWebhook : graphql.charge)(requester, points);
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
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
};

/** Browsers that came over TLS once use nothing else for a year. */
const HSTS = 'max-age=31536000';

/** Health probes. */
const UNRECORDED = new Set(['/healthz', '/readyz']);

/**
 * Records each request in metrics, span and access log when its response is complete, or when its client has left and
 * its work is done. Fastify's `onResponse` is silent about a client that leaves.
 */
function recordRequests(app: FastifyInstance, { graphql, metrics, accessLog }: HttpAppOptions): void {
  const { path, records } = graphql;
  const record = async (request: FastifyRequest, reply: FastifyReply, startedAt: number): Promise<void> => {
    const ended = records.of(request);
    const isSent = reply.raw.writableFinished;
    // When the connection broke, the kernel may still read the buffer, so it is not reused.
    if (isSent) ended.onSent?.();
    else await settled(ended.answered);
    const durationMs = performance.now() - startedAt;
    ended.client ??= clientAt(request.ip, request.headers['user-agent']);
    const { url } = request.routeOptions;
    const status = isSent || reply.raw.headersSent ? reply.statusCode : undefined;
    metrics.countErrors(ended);
    if (url === path) metrics.countRequest(ended.transport, status ?? CLIENT_LEFT, durationMs / 1_000);
    const route = url === path ? undefined : (url ?? 'unknown');
    accessLog(ended, { route, status, ...(!isSent && { reason: 'client' }), durationMs });
    records.end(request, reply);
  };
  app.addHook('onRequest', (request, reply, done) => {
    if (!UNRECORDED.has(request.routeOptions.url ?? '')) {
      const startedAt = performance.now();
      records.of(request);
      reply.raw.once('close', () => void record(request, reply, startedAt));
    }
    done();
  });
}

/** The status in metrics of a request whose client left before it was answered. */
const CLIENT_LEFT = 499;

/** Waits for a handler, and for the handling of its error. */
async function settled(answered: Promise<unknown> | undefined): Promise<void> {
  await answered?.catch(() => undefined);
  await nextTurn();
}

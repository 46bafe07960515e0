import cors from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import { healthRoutes, type Log, type Readiness } from '@marquee/telemetry';
import { explorerAssets } from './explorer.ts';
import { type GraphqlRouteOptions, graphqlRoute } from './graphql-route.ts';
import { httpErrorHandler } from './http-errors.ts';
import type { GatewayMetrics } from './metrics.ts';

export interface HttpAppOptions {
  readonly graphql: GraphqlRouteOptions;
  readonly readiness: () => Readiness;
  readonly isStopping: () => boolean;
  readonly metrics: GatewayMetrics;
  /** The public keys of access tokens. */
  readonly jwks: () => Promise<unknown>;
  /** Mounts routes that are not the gateway's own, as a payment provider's webhooks. */
  readonly routes: ((app: FastifyInstance) => void | Promise<void>) | undefined;
  readonly maxBodyBytes: number;
  readonly trustedProxies: number;
  readonly corsOrigins: readonly string[];
  readonly log: Log;
}

/** Everything that is served over HTTP. */
export async function httpApp(options: HttpAppOptions): Promise<FastifyInstance> {
  const { graphql, metrics, jwks, routes, log } = options;
  const trustProxy = (_address: string, hop: number): boolean => hop < options.trustedProxies;
  const app = fastify({ bodyLimit: options.maxBodyBytes, trustProxy, logger: false });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(httpErrorHandler(log));
  await allowOrigins(app, options.corsOrigins);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    done();
  });

  countRequests(app, graphql.path, metrics);
  graphqlRoute(app, graphql);
  if (graphql.explorer) explorerAssets(app);
  healthRoutes(app, options.readiness, options.isStopping);
  app.get('/metrics', async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    return reply.header('cache-control', 'public, max-age=60').send(await jwks());
  });
  // Its own scope: what it changes (body parsers, hooks) stays there.
  if (routes) await app.register(async (scope) => routes(scope));
  return app;
}

async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST'],
    exposedHeaders: ['retry-after'],
    maxAge: 86_400,
  });
}

function countRequests(app: FastifyInstance, path: string, metrics: GatewayMetrics): void {
  const duration = metrics.duration.labels('http');
  app.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.url === path) {
      metrics.requests.labels('http', String(reply.statusCode)).inc();
      duration.observe(reply.elapsedTime / 1000);
    }
    done();
  });
}

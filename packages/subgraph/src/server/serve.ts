import { startAuthentication, serviceVerifier, type TokenOptions } from '@marquee/identity';
import { closeGracefully, healthRoutes, type Log, type Readiness } from '@marquee/telemetry';
import fastify, { type FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';

import type { Subgraph } from '../subgraph.ts';
import { subgraphApollo } from './apollo.ts';
import { graphqlRoute } from './graphql-route.ts';
import { httpErrorHandler } from './http-errors.ts';
import { identifier } from './origin.ts';
import { serveSockets } from './sockets.ts';

/** The options for serving a subgraph on its own port. */
export interface ServeOptions {
  readonly port: number;
  /** 127.0.0.1 by default. Keep the port private: a request's device and deadline are trusted. */
  readonly host?: string;
  /** The keys that verify access tokens; not needed by the subgraph that signs them. */
  readonly tokens?: TokenOptions;
  /** Authenticates calls of other subgraphs; the same throughout a deployment. */
  readonly serviceSecret: string;
  /** Where ended sessions are announced. */
  readonly redis: Redis;
  readonly namespace: string;
  readonly metrics: Registry;
  readonly log: Log;
  /** Further checks of `/readyz`. */
  readonly readiness?: Readiness;
  /** The largest body of a request, bytes; 16 MiB when not given: a gateway asks for many entities at once. */
  readonly maxBodyBytes?: number;
  /** How long a request may take that names no time itself, ms; 30 s when not given. */
  readonly timeoutMs?: number;
  /** How long requests may take to finish when it stops, ms; 10 s when not given. */
  readonly drainMs?: number;
  readonly now?: () => number;
}

/** A subgraph on its port. */
export interface ServedSubgraph {
  /** Where it answers GraphQL over HTTP; the same with ws:// for subscriptions. */
  readonly url: string;
  /** Closes sockets with 1001, answers what is being asked, and leaves the port: once, however often it is called. The subgraph goes on. */
  stop(): Promise<void>;
}

const GRAPHQL_PATH = '/graphql';
const JWKS_PATH = '/.well-known/jwks.json';
const MAX_BODY_BYTES = 16 << 20;

/**
 * Serves a subgraph over HTTP and graphql-transport-ws, as its gateway calls it. It trusts nobody about who asks:
 * access tokens are verified again, and a session that has ended is refused here too.
 *
 * @throws when the port cannot be had
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeOptions): Promise<ServedSubgraph> {
  const { redis, namespace, log, metrics, maxBodyBytes = MAX_BODY_BYTES, drainMs = 10_000, now = Date.now } = options;
  const tokens = subgraph.keys ? { jwks: subgraph.keys } : options.tokens;
  if (!tokens) throw new Error(`${subgraph.name} needs "tokens": the keys that verify access tokens`);
  const identity = await startAuthentication({ tokens, redis, namespace, log, now });
  const verifyService = serviceVerifier({ name: subgraph.name, secret: options.serviceSecret, now });
  const identify = identifier(identity.authenticate, verifyService);
  const apollo = subgraphApollo(subgraph, log);
  await apollo.start();
  let isStopping = false;

  const app = fastify({ bodyLimit: maxBodyBytes, logger: false });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(httpErrorHandler(log));
  graphqlRoute(app, { path: GRAPHQL_PATH, apollo, identify, longestMs: options.timeoutMs ?? 30_000 });
  const parts = { [subgraph.name]: () => subgraph.ready(), ...options.readiness };
  healthRoutes(
    app,
    () => parts,
    () => isStopping,
  );
  metricsRoute(app, metrics);
  const { routes, keys } = subgraph;
  // In a scope of their own: what they change (body parsers, hooks) stays there.
  if (routes) await app.register(async (scope) => routes(scope));
  if (keys) app.get(JWKS_PATH, () => keys());
  const sockets = serveSockets(app.server, { path: GRAPHQL_PATH, subgraph, identify, maxPayload: maxBodyBytes, log });
  const close = async (): Promise<void> => {
    isStopping = true;
    await sockets.stop();
    await closeGracefully(app, drainMs);
    await apollo.stop();
    await identity.stop();
  };
  let closed: Promise<void> | undefined;
  const stop = (): Promise<void> => (closed ??= close());
  try {
    const address = await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
    return { url: `${address}${GRAPHQL_PATH}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function metricsRoute(app: FastifyInstance, metrics: Registry): void {
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
}

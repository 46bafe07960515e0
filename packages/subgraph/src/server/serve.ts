import {
  networkOf,
  type ReadServiceKeys,
  serviceVerifier,
  startAuthentication,
  type TokenOptions,
} from '@marquee/identity';
import {
  closeGracefully,
  healthRoutes,
  type Log,
  type MetricsServer,
  type Readiness,
  readinessCheck,
  refuseTinyPieces,
  securityEvents,
  serveMetrics,
} from '@marquee/telemetry';
import fastify from 'fastify';
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';

import type { Subgraph } from '../subgraph.ts';
import { subgraphApollo } from './apollo.ts';
import { believeForwardedAddresses } from './client-addresses.ts';
import { graphqlRoute } from './graphql-route.ts';
import { httpErrorHandler } from './http-errors.ts';
import { createIdentify } from './origin.ts';
import { serveSockets } from './sockets.ts';

export interface ServeOptions {
  readonly port: number;
  /** Default 127.0.0.1. Keep the port private: the gateway's limits do not apply to it. */
  readonly host?: string;
  /** The issuer of access tokens; not needed by the subgraph that signs them. */
  readonly tokens?: TokenOptions;
  /** The public keys of all services, which verify the service tokens of other subgraphs and of the gateway. */
  readonly serviceKeys: ReadServiceKeys;
  /** For revoked sessions. */
  readonly redis: Redis;
  readonly namespace: string;
  readonly metrics: Registry;
  /** Where metrics and the state of dependencies are served; nowhere if absent. */
  readonly metricsAddress?: { readonly host: string; readonly port: number };
  readonly log: Log;
  /** Additional readiness probes. */
  readonly readiness?: Readiness;
  /** Maximum request body, bytes. Default 16 MiB, because one fetch may have many representations. */
  readonly maxBodyBytes?: number;
  /** Timeout of a request without its own, ms. Default 30 s. */
  readonly timeoutMs?: number;
  /** Time for requests in flight to finish on stop, ms. Default 10 s. */
  readonly drainMs?: number;
  readonly now?: () => number;
}

/** A subgraph that listens on a port. */
export interface ServedSubgraph {
  /** The endpoint of GraphQL over HTTP; the same with ws:// for subscriptions. */
  readonly url: string;
  readonly metricsUrl: string | undefined;
  /** Closes sockets with 1001, waits for requests in flight, closes the port. Idempotent. The subgraph keeps running. */
  stop(): Promise<void>;
}

const GRAPHQL_PATH = '/graphql';
const JWKS_PATH = '/.well-known/jwks.json';
const MAX_BODY_BYTES = 16 << 20;

/**
 * Serves a subgraph over HTTP and graphql-transport-ws. It does not trust the gateway about the caller: access tokens
 * are verified again, and revoked sessions are rejected.
 *
 * @throws when the port is in use
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeOptions): Promise<ServedSubgraph> {
  const { redis, namespace, log, metrics, maxBodyBytes = MAX_BODY_BYTES, drainMs = 10_000, now = Date.now } = options;
  const tokens = subgraph.keys ? { jwks: subgraph.keys } : options.tokens;
  if (!tokens) throw new Error(`${subgraph.name} needs the option "tokens" to verify access tokens`);
  const identity = await startAuthentication({ tokens, redis, namespace, log, now });
  const services = { name: subgraph.name, keys: options.serviceKeys, now };
  const securityEvent = securityEvents({ log, metrics, now });
  const identify = createIdentify({
    authenticate: identity.authenticate,
    verifyCall: serviceVerifier(services),
    verifyForward: serviceVerifier({ ...services, purpose: 'forward' }),
    securityEvent,
  });
  const apollo = subgraphApollo(subgraph, log);
  await apollo.start();
  let isStopping = false;

  const app = fastify({ bodyLimit: maxBodyBytes, logger: false });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(httpErrorHandler(log));
  refuseTinyPieces(app, ({ ip }) => {
    securityEvent('rate-limited', { address: networkOf(ip), detail: 'pieces of a body' });
  });
  graphqlRoute(app, { path: GRAPHQL_PATH, apollo, identify, maxTimeoutMs: options.timeoutMs ?? 30_000 });
  const parts = { [subgraph.name]: () => subgraph.ready(), ...options.readiness };
  const checkReadiness = readinessCheck(
    () => parts,
    () => isStopping,
  );
  healthRoutes(app, checkReadiness);
  const { routes, keys } = subgraph;
  // A scope of their own keeps their body parsers and hooks from applying here.
  if (routes) {
    await app.register(async (scope) => {
      believeForwardedAddresses(scope, identify);
      routes(scope);
    });
  }
  if (keys) app.get(JWKS_PATH, () => keys());
  const sockets = serveSockets(app.server, { path: GRAPHQL_PATH, subgraph, identify, maxPayload: maxBodyBytes, log });
  const close = async (): Promise<void> => {
    isStopping = true;
    await sockets.stop();
    await closeGracefully(app, drainMs);
    await apollo.stop();
    await identity.stop();
    metricsServer?.stop();
  };
  let metricsServer: MetricsServer | undefined;
  let closed: Promise<void> | undefined;
  const stop = (): Promise<void> => (closed ??= close());
  try {
    const { metricsAddress } = options;
    metricsServer = metricsAddress && (await serveMetrics({ registry: metrics, checkReadiness, ...metricsAddress }));
    const address = await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
    return { url: `${address}${GRAPHQL_PATH}`, metricsUrl: metricsServer?.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

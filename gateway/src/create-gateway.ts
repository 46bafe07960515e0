import { createHmac, randomBytes } from 'node:crypto';
import { startAuthentication } from '@marquee/identity';
import {
  closeGracefully,
  type Log,
  type MetricsServer,
  readinessCheck,
  securityEvents,
  serveMetrics,
} from '@marquee/telemetry';
import type { Redis } from 'ioredis';
import { buildEngine, createPlanning, subgraphProbes } from './build-engine.ts';
import type { Gateway, GatewayOptions } from './gateway-options.ts';
import { ClientErrors } from './pipeline/client-errors.ts';
import { OperationPipeline } from './pipeline/operation-pipeline.ts';
import { OperationReader } from './pipeline/requested-operation.ts';
import { Holdings } from './protection/holdings/holdings.ts';
import { createProtection } from './protection/protection.ts';
import { allowedOrigins } from './request/origins.ts';
import { addressOf } from './server/address.ts';
import { apolloServer } from './server/apollo-server.ts';
import { httpApp } from './server/http-app.ts';
import { IncrementalRequests } from './server/incremental-requests.ts';
import { PlainRequests } from './server/plain-requests.ts';
import { RequestRecords } from './server/request-records.ts';
import { UnreadResponses } from './server/unread-responses.ts';
import { type GatewaySettings, settingsFrom } from './settings.ts';
import { holdingLimits } from './subscriptions/settings.ts';
import { createStreamingTransports } from './subscriptions/streaming-transports.ts';
import { readSource, watchSource } from './supergraph-source.ts';
import { type AccessLog, accessLog } from './telemetry/access-log.ts';
import { incomingTraces } from './telemetry/incoming-traces.ts';
import { GatewayMetrics } from './telemetry/metrics.ts';
import { recordDenials } from './telemetry/security.ts';
import { SchemaUsage, type SchemaUsageOptions } from './usage/schema-usage.ts';

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Creates the gateway from its parts and loads the supergraph.
 *
 * @throws when the supergraph is invalid, or links a security feature that the gateway does not enforce.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { log = SILENT, now = Date.now, random = Math.random, namespace = 'marquee', redis, tracer } = options;
  const settings = settingsFrom(options.settings);
  const metrics = new GatewayMetrics(options.metrics);
  const planning = options.planning ?? createPlanning(settings.planning, metrics, now);
  const engine = buildEngine(options, settings, metrics, log, planning, random);
  await engine.load(await readSource(options.supergraph));
  metrics.observePlanCache(() => engine.planCache());
  const records = new RequestRecords(incomingTraces(tracer, settings.trustTraceparent));
  const securityEvent = securityEvents({ log, metrics: metrics.registry, now });
  const writeAccessLog = accessLog(log, settings.accessLog);
  const logAccess: AccessLog = (record, end) => {
    recordDenials(securityEvent, record);
    writeAccessLog(record, end);
  };

  const isAllowedOrigin = allowedOrigins(settings.corsOrigins, settings.trustedProxies);
  const identity = await startAuthentication({ tokens: options.identity, redis, namespace, log, now });
  const registered = options.registeredOperations;
  const { cache } = options;
  const protection = createProtection({ engine, settings, registered, redis, cache, namespace, metrics, now, random });
  const usage = schemaUsage({ engine, redis, namespace, metrics, log, now, random }, settings, options);
  const { limits, path, operationTimeoutMs: timeoutMs, executor } = settings;
  const { persistedQueries } = protection;
  const pipeline = new OperationPipeline({
    engine,
    protection,
    usage,
    errors: new ClientErrors({ limits, suggestions: !settings.production, log }),
    metrics,
    tracer,
  });
  const holdings = new Holdings({
    limits: holdingLimits(settings.subscriptions),
    onRefused: (held, by) => metrics.holdingsRefused.inc({ held, by }),
  });
  const reader = new OperationReader({ engine, limits, persistedQueries });
  const { hub, sockets, responseStreams, sharedStreams } = createStreamingTransports({
    ...identity,
    pipeline,
    reader,
    engine,
    settings: settings.subscriptions,
    holdings,
    path,
    timeoutMs,
    addressOf: (request) => addressOf(request, settings.trustedProxies),
    isAllowedOrigin,
    securityEvent,
    // No proxy vouches for what a socket's messages say.
    beginIncoming: incomingTraces(tracer, false),
    metrics,
    accessLog: logAccess,
    tracer,
    log,
    now,
    random,
    streamKey: streamKey(options.streamSecret),
  });

  const { authenticate } = identity;
  const apollo = apolloServer({ gateway: engine.gateway, pipeline, executor, limits, persistedQueries, log });
  await apollo.start();
  const plainRequests =
    executor === 'compiled' ? new PlainRequests({ engine, pipeline, persistedQueries, timeoutMs, now }) : undefined;
  const incrementalRequests =
    executor === 'compiled' ? new IncrementalRequests({ pipeline, reader, timeoutMs, now }) : undefined;
  const { readTimeoutMs, tickMs } = settings.subscriptions;
  const unread = new UnreadResponses({ holdings, readTimeoutMs, tickMs, now });
  metrics.observe('responses', 'Requests whose response is not complete', () => unread.size);
  let isStopping = false;
  const readiness = () => ({ ...(options.probeSubgraphs ? subgraphProbes(engine) : {}), ...options.readiness });
  const checkReadiness = readinessCheck(readiness, () => isStopping);
  const app = await httpApp({
    graphql: {
      path,
      apollo,
      plainRequests,
      incrementalRequests,
      responseStreams,
      sharedStreams,
      limits,
      explorer: !settings.production,
      records,
      isAllowedOrigin,
      securityEvent,
      authenticate,
      charge: protection.charge,
      timeoutMs,
      now,
    },
    session: { engine, reader, pipeline },
    current: () => engine.current(),
    demoAccounts: options.demoAccounts ?? [],
    sandboxPages: options.sandboxPages ?? {},
    sites: options.sites ?? [],
    checkReadiness,
    metrics,
    jwks: identity.jwks,
    routes: options.routes,
    chargeWebhook: protection.chargeWebhook,
    tls: options.tls,
    maxBodyBytes: settings.maxBodyBytes,
    maxConnectionsPerNetwork: settings.maxConnectionsPerNetwork,
    trustedProxies: settings.trustedProxies,
    corsOrigins: settings.corsOrigins,
    compression: settings.compression,
    unread,
    accessLog: logAccess,
    log,
  });
  sockets.attach(app.server);
  const watched = watchSource(options.supergraph, { engine, metrics, log });

  let metricsServer: MetricsServer | undefined;
  const stop = async () => {
    isStopping = true;
    watched?.stop();
    await sockets.stop();
    responseStreams.stop();
    await closeGracefully(app, settings.drainMs);
    unread.stop();
    hub.stop();
    await apollo.stop();
    await usage?.stop();
    await engine.stop();
    if (options.planning === undefined) await planning.stop();
    await identity.stop();
    metricsServer?.stop();
  };
  let stopped: Promise<void> | undefined;
  return {
    app,
    engine,
    metrics: metrics.registry,
    listen: async (port, host = '127.0.0.1') => {
      const address = await app.listen({ port, host });
      return options.tls ? address.replace('http:', 'https:') : address;
    },
    listenForMetrics: async (port, host = '127.0.0.1') => {
      metricsServer = await serveMetrics({ registry: metrics.registry, checkReadiness, port, host });
      return metricsServer.url;
    },
    stop: () => (stopped ??= stop()),
  };
}

/** Without a secret, reservations are those of this process. */
function streamKey(secret: string | undefined): Uint8Array {
  return secret === undefined ? randomBytes(32) : createHmac('sha256', secret).update('event streams').digest();
}

function schemaUsage(
  deps: Omit<SchemaUsageOptions, 'settings' | 'knownClients' | 'redis'> & { readonly redis: Redis | undefined },
  { usage: settings }: GatewaySettings,
  { registeredClients: knownClients = [] }: GatewayOptions,
): SchemaUsage | undefined {
  const { redis } = deps;
  return redis && settings !== false ? new SchemaUsage({ ...deps, redis, settings, knownClients }) : undefined;
}

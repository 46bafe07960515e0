import { readFile } from 'node:fs/promises';
import { identityParts, type TokenOptions } from '@marquee/identity';
import { drain, type Log, type Readiness, type Tracer } from '@marquee/telemetry';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { createProtection } from './protection/protection.ts';
import type { RegisteredOperations } from './protection/safelist.ts';
import { addressOf } from './server/address.ts';
import { apolloServer } from './server/apollo-server.ts';
import { httpApp } from './server/http-app.ts';
import { GatewayMetrics } from './telemetry/metrics.ts';
import { PlainRequests } from './server/plain-requests.ts';
import { type GatewaySettings, type GivenSettings, settingsFrom } from './settings.ts';
import { watchSupergraphFile } from './supergraph-file.ts';
import { liveParts } from './subscriptions/live.ts';
import { ClientErrors } from './pipeline/client-errors.ts';
import { OperationPipeline } from './pipeline/operation-pipeline.ts';
import { OperationReader } from './pipeline/requested-operation.ts';
import { createEngine } from './engine/engine.ts';
import { accessLog } from './telemetry/access-log.ts';
import { RequestRecords } from './server/request-records.ts';
import { gatewayTransport, probe } from './transports/gateway-transport.ts';
import type { AuthorizationOptions } from './authorization/outcome.ts';
import type { Engine } from './engine/api.ts';
import type { PolicyFunction } from './authorization/policy.ts';
import type { SubgraphTransport } from './transports/subgraph-transport.ts';
import { SchemaUsage, type SchemaUsageOptions } from './usage/schema-usage.ts';

export interface GatewayOptions {
  /** The supergraph itself, or its file, which is loaded again when it changes unless `watch` is false. */
  readonly supergraph: { readonly sdl: string } | { readonly path: string; readonly watch?: boolean };
  /** How each subgraph is reached; deadline, retries, circuit breaker and single flight are put around it. */
  readonly transportFor: (subgraph: string, url: string) => SubgraphTransport;
  /** Whose access tokens count. Their keys are served at `/.well-known/jwks.json` too. */
  readonly identity: TokenOptions;
  /**
   * Without it no session is revoked before its token expires, limits count in this process alone, and no usage is
   * recorded.
   */
  readonly redis?: Redis;
  /** Prefix of all Redis keys and channels. */
  readonly namespace?: string;
  readonly readiness?: Readiness;
  /** Whether `/readyz` asks every subgraph too; for subgraphs in other processes. */
  readonly probeSubgraphs?: boolean;
  /** Mounts further routes on the same HTTP server. */
  readonly routes?: (app: FastifyInstance) => void | Promise<void>;
  /** The functions behind `@policy`, by name. */
  readonly policies?: Readonly<Record<string, PolicyFunction>>;
  /** What clients registered: may be asked for by hash, and with the setting `safelist` nothing else. */
  readonly registeredOperations?: RegisteredOperations;
  /** The clients that registered operations: their usage always counts under their own names. */
  readonly registeredClients?: readonly string[];
  readonly settings?: GivenSettings;
  readonly log?: Log;
  readonly metrics?: Registry;
  /** Records traces; without it only their ids are passed on. */
  readonly tracer?: Tracer | undefined;
  readonly now?: () => number;
  readonly random?: () => number;
}

export interface Gateway {
  readonly app: FastifyInstance;
  readonly engine: Engine;
  /** Starts to serve and returns the address. */
  listen(port: number, host?: string): Promise<string>;
  /** Finishes what runs, closes sockets with 1001, and leaves nothing behind. Once, however often it is called. */
  stop(): Promise<void>;
}

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Puts the gateway together and loads the supergraph.
 *
 * @throws when the supergraph is invalid, or links a security feature that has no enforcer.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { log = SILENT, now = Date.now, random = Math.random, namespace = 'marquee', redis, tracer } = options;
  const settings = settingsFrom(options.settings);
  const metrics = new GatewayMetrics(options.metrics);
  const engine = buildEngine(options, settings, metrics, log, random);
  await engine.load(await sdlOf(options.supergraph));
  metrics.observePlanCache(() => engine.planCache());
  const records = new RequestRecords(tracer);
  const logAccess = accessLog(log, settings.accessLog);

  const identity = await identityParts({ tokens: options.identity, redis, namespace, log, now });
  const registered = options.registeredOperations;
  const protection = createProtection({ engine, settings, registered, redis, namespace, metrics, now, random });
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
  const { hub, sockets, eventStreams } = liveParts({
    ...identity,
    pipeline,
    reader: new OperationReader({ engine, limits, persistedQueries }),
    engine,
    settings: settings.subscriptions,
    path,
    timeoutMs,
    addressOf: (request) => addressOf(request, settings.trustedProxies),
    metrics,
    accessLog: logAccess,
    tracer,
    log,
    now,
    random,
  });

  const { authenticate } = identity;
  const apollo = apolloServer({ gateway: engine.gateway, pipeline, executor, limits, persistedQueries, log });
  await apollo.start();
  const plainRequests =
    executor === 'compiled' ? new PlainRequests({ engine, pipeline, authenticate, timeoutMs, now }) : undefined;
  let isStopping = false;
  const app = await httpApp({
    graphql: {
      path,
      apollo,
      plainRequests,
      eventStreams,
      limits,
      explorer: !settings.production,
      records,
      authenticate,
      timeoutMs,
      now,
    },
    readiness: () => ({ ...(options.probeSubgraphs ? probes(engine) : {}), ...options.readiness }),
    isStopping: () => isStopping,
    metrics,
    jwks: identity.jwks,
    routes: options.routes,
    maxBodyBytes: settings.maxBodyBytes,
    trustedProxies: settings.trustedProxies,
    corsOrigins: settings.corsOrigins,
    accessLog: logAccess,
    log,
  });
  sockets.attach(app.server);
  const file = watchedFile(options.supergraph, engine, metrics, log);

  const stop = async () => {
    isStopping = true;
    file?.stop();
    await sockets.stop();
    eventStreams.stop();
    await drain(app, settings.drainMs);
    hub.stop();
    await apollo.stop();
    await usage?.stop();
    await engine.stop();
    await identity.stop();
  };
  let stopped: Promise<void> | undefined;
  return {
    app,
    engine,
    listen: (port, host = '127.0.0.1') => app.listen({ port, host }),
    stop: () => (stopped ??= stop()),
  };
}

function buildEngine(
  { policies = {}, transportFor, tracer }: GatewayOptions,
  settings: GatewaySettings,
  metrics: GatewayMetrics,
  log: Log,
  random: () => number,
): Engine {
  return createEngine({
    transportFor: (subgraph, url) =>
      gatewayTransport(subgraph, transportFor(subgraph, url), { guards: settings.guards, metrics, tracer }),
    authorization: {
      mode: settings.authorization,
      policies,
      ...(settings.authorization === 'dry-run' && { onUnauthorized: wouldWithhold(log) }),
    },
    onMaskedError: ({ error, ...where }) => log.error({ ...where, err: error }, 'an error was masked'),
    random,
  });
}

function probes(engine: Engine): Readiness {
  const { transports } = engine.current();
  return Object.fromEntries([...transports].map(([name, transport]) => [name, () => probe(transport)]));
}

function wouldWithhold(log: Log): NonNullable<AuthorizationOptions['onUnauthorized']> {
  return (errors, operationName) => {
    const paths = errors.map(({ path }) => (path ?? []).join('.'));
    log.warn({ operationName, paths }, 'fields would have been withheld');
  };
}

function schemaUsage(
  deps: Omit<SchemaUsageOptions, 'settings' | 'knownClients' | 'redis'> & { readonly redis: Redis | undefined },
  { usage: settings }: GatewaySettings,
  { registeredClients: knownClients = [] }: GatewayOptions,
): SchemaUsage | undefined {
  const { redis } = deps;
  return redis && settings !== false ? new SchemaUsage({ ...deps, redis, settings, knownClients }) : undefined;
}

function sdlOf(supergraph: GatewayOptions['supergraph']): Promise<string> {
  return 'sdl' in supergraph ? Promise.resolve(supergraph.sdl) : readFile(supergraph.path, 'utf8');
}

function watchedFile(supergraph: GatewayOptions['supergraph'], engine: Engine, metrics: GatewayMetrics, log: Log) {
  if (!('path' in supergraph) || supergraph.watch === false) return undefined;
  const load = async (sdl: string) => {
    try {
      await engine.load(sdl);
      metrics.swaps.inc({ outcome: 'loaded' });
    } catch (error) {
      metrics.swaps.inc({ outcome: 'refused' });
      throw error;
    }
  };
  return watchSupergraphFile({ path: supergraph.path, load, log });
}

import type { Variables } from '@marquee/environment';
import type { EventCatalogue } from '@marquee/events';
import { httpCalls, serviceKeysIn, serviceSigner } from '@marquee/identity';
import { openRedisForRole } from '@marquee/redis';
import { currentTrace, type Log, openLog, processRegistry, startTelemetry, stopOnSignal } from '@marquee/telemetry';

import type { DefinedSubgraph } from '../define-subgraph.ts';
import type { Subgraph } from '../subgraph.ts';
import { serviceEnvironment } from './environment.ts';
import { serveSubgraph } from './serve.ts';

/** Prefix of every Redis key and channel, the same as the gateway's. */
const NAMESPACE = 'marquee';

/**
 * Runs a subgraph as a process of its own, until a signal stops it.
 *
 * @throws {EnvironmentError} naming what to set in the environment
 */
export async function runSubgraph(definition: DefinedSubgraph, catalogue: EventCatalogue, variables: Variables) {
  const { name } = definition;
  const environment = serviceEnvironment(definition, variables, catalogue.domains);
  const { host, port, databaseUrl, redisUrl, redisCacheUrl, rateLimits, jwksUrl } = environment;
  const log = openLog({ service: name, level: environment.logLevel });
  const onError = (err: unknown): void => log.error({ err }, 'changed keys of services cannot be read');
  const serviceKeys = serviceKeysIn(environment.serviceKeysFile, { onError });
  const sign = serviceSigner({ name, keys: serviceKeysIn(environment.serviceKeyFile, { onError }) });
  const telemetry = await startTelemetry({ settings: environment.telemetry, log });
  const metrics = processRegistry();
  const isRequired = variables['NODE_ENV'] === 'production';
  const redis = await openRedisForRole('durable', redisUrl, { log, isRequired });
  const cache =
    redisCacheUrl === undefined || !definition.caches
      ? undefined
      : await openRedisForRole('cache', redisCacheUrl, { log, isRequired });
  const urlOf = (asked: string): string => environment.subgraphUrls.get(asked) ?? undeclared(name, asked);
  const subgraph = definition.open({
    ...{ databaseUrl, redis, cache, catalogue, rateLimits, log, namespace: NAMESPACE },
    instruments: { metrics, tracer: telemetry.tracerOf(name) },
    calls: httpCalls({ name, sign, urlOf, traceparent: () => currentTrace()?.traceparent }),
    settings: environment.settings,
  });
  await subgraph.start();
  const served = await serveSubgraph(subgraph, {
    ...{ host, port, serviceKeys, redis, metrics, log, namespace: NAMESPACE },
    ...(jwksUrl && { tokens: { jwks: jwksUrl } }),
    metricsAddress: environment.metricsAddress,
    readiness: { redis: async () => void (await redis.ping()), events: catchUp(subgraph, log) },
  });
  stopOnSignal(log, async () => {
    await served.stop();
    await subgraph.stop();
    await redis.quit();
    cache?.disconnect();
    await telemetry.stop();
  });
  log.info({ url: served.url, metricsUrl: served.metricsUrl }, 'the subgraph is listening');
}

function undeclared(name: string, asked: string): never {
  throw new Error(`${name} asks ${asked}: add it to "asks" of its definition`);
}

/**
 * A readiness probe that passes once earlier events are published and handled. After a minute it passes anyway, so that
 * an event that cannot be handled does not keep the subgraph down.
 */
function catchUp(subgraph: Subgraph, log: Log): () => Promise<void> {
  let isBehind = true;
  const look = async (): Promise<void> => {
    try {
      await subgraph.caughtUp();
    } catch (err) {
      log.warn({ err }, 'not all events are handled yet');
    }
    isBehind = false;
  };
  void look();
  return async () => {
    if (isBehind) throw new Error('earlier events are still being handled');
  };
}

import type { EventCatalogue } from '@marquee/events';
import { httpCalls } from '@marquee/identity';
import { currentTrace, type Log, openLog, processRegistry, startTelemetry, stopOnSignal } from '@marquee/telemetry';
import { Redis } from 'ioredis';

import type { DefinedSubgraph } from '../definition.ts';
import { settingsIn, variableOf } from '../settings.ts';
import type { Subgraph } from '../subgraph.ts';
import { serviceEnvironment, type Variables } from './environment.ts';
import { serveSubgraph } from './serve.ts';

/** Starts the name of every Redis key and channel; the gateway's is the same. */
const NAMESPACE = 'marquee';

/**
 * Runs a subgraph as a process of its own, until it is told to stop.
 *
 * @throws {Error} with a line for each variable of the environment that has to be set otherwise
 */
export async function runSubgraph(definition: DefinedSubgraph, catalogue: EventCatalogue, variables: Variables) {
  const { name, asks } = definition;
  const environment = serviceEnvironment(definition, variables);
  const { host, port, databaseUrl, redisUrl, serviceSecret, rateLimits, jwksUrl } = environment;
  const log = openLog({ service: name, level: environment.logLevel });
  const telemetry = startTelemetry({ settings: environment.telemetry, log });
  const metrics = processRegistry();
  const redis = new Redis(redisUrl);
  redis.on('error', (err) => log.warn({ err }, 'the connection to Redis failed'));
  const urls = new Map(asks.map((asked) => [asked, subgraphUrl(asked, variables)]));
  const urlOf = (asked: string): string => urls.get(asked) ?? notAsked(name, asked);
  const subgraph = definition.open({
    ...{ databaseUrl, redis, catalogue, rateLimits, log, namespace: NAMESPACE },
    instruments: { metrics, tracer: telemetry.tracerOf(name) },
    calls: httpCalls({ name, serviceSecret, urlOf, traceparent: () => currentTrace()?.traceparent }),
    settings: settingsIn(definition, variables),
  });
  await subgraph.start();
  const served = await serveSubgraph(subgraph, {
    ...{ host, port, serviceSecret, redis, metrics, log, namespace: NAMESPACE },
    ...(jwksUrl && { tokens: { jwks: jwksUrl } }),
    readiness: { events: catchUp(subgraph, log) },
  });
  stopOnSignal(log, async () => {
    await served.stop();
    await subgraph.stop();
    await redis.quit();
    await telemetry.stop();
  });
  log.info({ url: served.url }, 'the subgraph serves');
}

function subgraphUrl(asked: string, variables: Variables): string {
  const variable = variableOf('subgraph-url', asked);
  const url = variables[variable];
  if (!url || !URL.canParse(url)) throw new Error(`Set ${variable}: the address of the subgraph ${asked}`);
  return url;
}

function notAsked(name: string, asked: string): never {
  throw new Error(`${name} asks ${asked}: name it in "asks" of its definition`);
}

/**
 * Whether what happened while the subgraph was away is known to it: its own events published, those of others handled.
 * An event that cannot be handled within a minute does not keep it from serving.
 */
function catchUp(subgraph: Subgraph, log: Log): () => Promise<void> {
  let isBehind = true;
  const look = async (): Promise<void> => {
    try {
      await subgraph.settled();
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

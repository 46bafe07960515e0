import { httpCalls, type KeySource, type ServiceCalls } from '@marquee/identity';
import {
  currentTrace,
  type Log,
  openLog,
  processRegistry,
  type Registry,
  startTelemetry,
  stopOnSignal,
  type Telemetry,
} from '@marquee/telemetry';
import type { FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';

import type { DomainDeps } from '../domain-runtime.ts';
import type { Subgraph } from '../subgraph.ts';
import { serviceEnvironment, type ServiceEnvironment } from './environment.ts';
import { serveSubgraph } from './serve.ts';

/** Starts the name of every Redis key and channel; the gateway's is the same. */
const NAMESPACE = 'marquee';

/** The process of one subgraph: what it was told, and what it has opened. */
export interface Service {
  readonly environment: ServiceEnvironment;
  /** What the domain is built from. */
  readonly deps: DomainDeps;
  readonly metrics: Registry;
  readonly telemetry: Telemetry;
  /** How it asks other subgraphs: each at the address that `SUBGRAPH_URL_<NAME>` gives. */
  readonly calls: ServiceCalls;
}

/** Opens what every subgraph's process needs. @throws naming the variable that is missing or makes no sense */
export function openService(name: string, variables: Readonly<Record<string, string | undefined>>): Service {
  const environment = serviceEnvironment(name, variables);
  const log = openLog({ service: name, level: environment.logLevel });
  const telemetry = startTelemetry({ settings: environment.telemetry, log });
  const metrics = processRegistry();
  const redis = new Redis(environment.redisUrl);
  redis.on('error', (err) => log.warn({ err }, 'the connection to Redis failed'));
  const { databaseUrl, serviceSecret } = environment;
  const urlOf = (subgraph: string): string => environment.url(`SUBGRAPH_URL_${subgraph.toUpperCase()}`).href;
  return {
    environment,
    deps: {
      ...{ databaseUrl, redis, namespace: NAMESPACE, log },
      instruments: { metrics, tracer: telemetry.tracerOf(name) },
    },
    metrics,
    telemetry,
    calls: httpCalls({ name, serviceSecret, urlOf, traceparent: () => currentTrace()?.traceparent }),
  };
}

export interface RunOptions {
  /** Where the keys of access tokens are. */
  readonly jwks: KeySource;
  readonly routes?: (app: FastifyInstance) => void;
}

/** Starts the subgraph and serves it until the process is told to stop. */
export async function runSubgraph(service: Service, subgraph: Subgraph, options: RunOptions) {
  const { environment, deps, metrics, telemetry } = service;
  const { host, port, serviceSecret } = environment;
  const { redis, namespace, log } = deps;
  const { jwks, ...rest } = options;
  await subgraph.start();
  const caughtUp = catchUp(subgraph, log);
  const served = await serveSubgraph(subgraph, {
    ...{ host, port, serviceSecret, redis, namespace, metrics, log },
    tokens: { jwks },
    readiness: { events: caughtUp },
    ...rest,
  });
  stopOnSignal(log, async () => {
    await served.stop();
    await subgraph.stop();
    await redis.quit();
    await telemetry.stop();
  });
  log.info({ url: served.url }, 'the subgraph serves');
}

/**
 * Whether what happened while the subgraph was away is known to it: its own events told, those of others handled. An
 * event that cannot be handled in a minute is no reason not to serve.
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
    if (isBehind) throw new Error('events of before are still being handled');
  };
}

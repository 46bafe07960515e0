import { fileURLToPath } from 'node:url';
import {
  createGateway,
  type GivenSettings,
  inProcessTransport,
  policies,
  readRegisteredOperations,
  REGISTERED_OPERATIONS,
  registeredClients,
} from '@marquee/gateway';
import type { SandboxTimings } from '@marquee/sandbox-provider';
import { type DefinedSubgraph, inProcessCalls, type Subgraph } from '@marquee/subgraph';
import { type Log, processRegistry } from '@marquee/telemetry';
import { Redis } from 'ioredis';
import { openSubgraphs, type SubgraphsOptions } from './open-subgraphs.ts';
import { callable } from './port.ts';
import { openSandboxProvider, SANDBOX_PROVIDER } from './sandbox.ts';
import type { Teardown } from './teardown.ts';

export interface SupergraphOptions extends SubgraphsOptions {
  definitions: readonly DefinedSubgraph[];
  host: string;
  /** Of the gateway; not 0, for the provider's webhooks go there. */
  port: number;
  /** Of the sandbox payment provider; 0 takes any. */
  providerPort: number;
  stops: Teardown;
  gateway?: GivenSettings;
  provider?: Partial<SandboxTimings>;
}

/** The composed supergraph. */
const SUPERGRAPH_FILE = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

/** Where a running supergraph is reached. */
export interface RunningSupergraph {
  /** GraphQL over HTTP; the same with ws:// for sockets. */
  endpoint: string;
  providerUrl: string;
  /** What a newcomer is told, in lines. */
  notes?: readonly string[];
  /** What runs as a process of its own, on ports of 127.0.0.1. */
  services?: readonly { name: string; port: number }[];
  /** The folder of their logs. */
  logs?: string;
}

/** Starts all subgraphs, the payment provider and the gateway in this process. What has started is in `stops`. */
export async function startSupergraph(options: SupergraphOptions): Promise<RunningSupergraph> {
  const { definitions, host, port, secret, logFor, stops } = options;
  const redis = new Redis(options.redis.url);
  redis.on('error', (err) => logFor('redis').warn({ err }, 'the connection to Redis failed'));
  stops.add('the connection to Redis', async () => void (await redis.quit()));

  const provider = openSandboxProvider({
    databaseUrl: options.databaseUrls[SANDBOX_PROVIDER] ?? '',
    secret,
    origin: `http://${callable(host)}:${port}`,
    log: logFor(SANDBOX_PROVIDER),
    timings: options.provider,
  });
  stops.add('the payment provider', () => provider.stop());
  const providerUrl = await provider.listen({ port: options.providerPort });

  // One registry: the gateway's /metrics tells of all parts of the process.
  const metrics = processRegistry();
  const byName = new Map<string, Subgraph>();
  const callsOf = (caller: string) => inProcessCalls(caller, (name) => byName.get(name));
  const subgraphs = openSubgraphs(definitions, options, { redis, metrics, providerUrl, callsOf });
  for (const subgraph of subgraphs) byName.set(subgraph.name, subgraph);
  stops.add('the subgraphs', () => stopAll(subgraphs));
  await Promise.all(subgraphs.map((subgraph) => subgraph.start()));
  await settle(subgraphs, logFor('stack'));

  const gateway = await createGateway({
    supergraph: { path: SUPERGRAPH_FILE },
    transportFor: (name) => inProcessTransport(present(byName.get(name), name)),
    identity: { jwks: signingKeysOf(subgraphs) },
    redis,
    namespace: options.redis.namespace,
    readiness: Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, () => subgraph.ready()])),
    routes: async (app) => {
      for (const { routes } of subgraphs) if (routes) await app.register(async (scope) => routes(scope));
    },
    policies: policies(callsOf('gateway')),
    registeredClients: await registeredClients(REGISTERED_OPERATIONS),
    registeredOperations: await readRegisteredOperations(REGISTERED_OPERATIONS),
    log: logFor('gateway'),
    metrics,
    tracer: options.telemetry?.tracerOf('gateway'),
    ...(options.gateway && { settings: options.gateway }),
  });
  stops.add('the gateway', () => gateway.stop());
  await gateway.listen(port, host);
  return { endpoint: `http://${callable(host)}:${port}/graphql`, providerUrl };
}

/**
 * Waits until what the seed told is known everywhere: all events are told first, then all are handled. An event that
 * cannot be handled now is no reason not to serve.
 */
async function settle(subgraphs: Subgraph[], log: Log): Promise<void> {
  const settleOnce = () => Promise.all(subgraphs.map((subgraph) => subgraph.settled()));
  try {
    await settleOnce();
    await settleOnce();
  } catch (err) {
    log.warn({ err }, 'not all events are handled yet');
  }
}

/** The keys of access tokens are those of the subgraph that signs them. */
export function signingKeysOf(subgraphs: readonly Subgraph[]): NonNullable<Subgraph['keys']> {
  const signer = subgraphs.find(({ keys }) => keys);
  if (!signer?.keys) throw new Error('No subgraph signs access tokens');
  return signer.keys;
}

async function stopAll(subgraphs: Subgraph[]): Promise<void> {
  for (const result of await Promise.allSettled(subgraphs.map((subgraph) => subgraph.stop()))) {
    if (result.status === 'rejected') throw result.reason;
  }
}

function present(subgraph: Subgraph | undefined, name: string): Subgraph {
  if (!subgraph)
    throw new Error(`The supergraph has a subgraph ${name}, and subgraphs/ has not: run npm run schema:compose.`);
  return subgraph;
}

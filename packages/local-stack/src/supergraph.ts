import { fileURLToPath } from 'node:url';
import { buildAccounts } from '@marquee/accounts';
import { buildBooking, type BookingSettings } from '@marquee/booking';
import { buildCatalog } from '@marquee/catalog';
import {
  createGateway,
  type GivenSettings,
  inProcessTransport,
  policies,
  readRegisteredOperations,
  REGISTERED_OPERATIONS,
} from '@marquee/gateway';
import { buildNotifications } from '@marquee/notifications';
import { buildPayments, sandboxPayments } from '@marquee/payments';
import { buildSandboxProvider, type SandboxTimings } from '@marquee/sandbox-provider';
import { inProcessCalls, type Subgraph } from '@marquee/subgraph';
import { type Log, processRegistry, type Registry, type Telemetry } from '@marquee/telemetry';
import { Redis } from 'ioredis';
import type { Domain } from './domains.ts';
import type { Teardown } from './teardown.ts';

export interface SupergraphOptions {
  /** Migrated databases. */
  databaseUrls: Record<Domain, string>;
  redis: { url: string; namespace: string };
  /** Secrets by name, 32 bytes in base64url; data written under one is lost with it. */
  secret: (name: string) => string;
  host: string;
  /** Of the gateway; not 0, for the provider's webhooks go there. */
  port: number;
  /** Of the sandbox payment provider; 0 takes any. */
  providerPort: number;
  /** False lifts the limits on how often somebody may try, for load tests. */
  rateLimits: boolean;
  logFor: (service: string) => Log;
  /** Records traces; without it none are. */
  telemetry?: Telemetry;
  stops: Teardown;
  booking?: Partial<BookingSettings>;
  gateway?: GivenSettings;
  provider?: Partial<SandboxTimings>;
}

/** Where a running supergraph is reached. */
export interface RunningSupergraph {
  /** GraphQL over HTTP; the same with ws:// for sockets. */
  endpoint: string;
  providerUrl: string;
}

/** Starts all subgraphs, the payment provider and the gateway in this process. What has started is in `stops`. */
export async function startSupergraph(options: SupergraphOptions): Promise<RunningSupergraph> {
  const { host, port, secret, logFor, stops } = options;
  const redis = new Redis(options.redis.url);
  redis.on('error', (err) => logFor('redis').warn({ err }, 'the connection to Redis failed'));
  stops.add('the connection to Redis', async () => void (await redis.quit()));

  const provider = buildSandboxProvider({
    databaseUrl: options.databaseUrls['sandbox-provider'],
    apiKey: secret('provider-api-key'),
    webhook: { url: `http://${callable(host)}:${port}/webhooks/payments/sandbox`, secret: secret('provider-webhooks') },
    log: logFor('sandbox-provider'),
    ...(options.provider && { timings: options.provider }),
  });
  stops.add('the payment provider', () => provider.stop());
  const providerUrl = await provider.listen({ port: options.providerPort });

  // One registry: the gateway's /metrics tells of all parts of the process.
  const metrics = processRegistry();
  const { subgraphs, jwks } = buildSubgraphs(options, { redis, metrics, providerUrl });
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  stops.add('the subgraphs', async () => {
    for (const result of await Promise.allSettled(subgraphs.map((subgraph) => subgraph.stop()))) {
      if (result.status === 'rejected') throw result.reason;
    }
  });
  await Promise.all(subgraphs.map((subgraph) => subgraph.start()));
  await settle(subgraphs, logFor('local-stack'));

  const gateway = await createGateway({
    supergraph: { path: fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url)) },
    transportFor: (name) => inProcessTransport(present(byName.get(name), name)),
    identity: { jwks },
    redis,
    namespace: options.redis.namespace,
    readiness: Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, () => subgraph.ready()])),
    routes: async (app) => {
      // The only route of accounts is that of the signing keys, which the gateway serves itself.
      for (const { name, routes } of subgraphs) {
        if (routes && name !== 'accounts') await app.register(async (scope) => routes(scope));
      }
    },
    policies: policies(inProcessCalls('gateway', (name) => byName.get(name))),
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

function buildSubgraphs(
  options: SupergraphOptions,
  { redis, metrics, providerUrl }: { redis: Redis; metrics: Registry; providerUrl: string },
) {
  const { databaseUrls, secret, logFor, rateLimits, telemetry } = options;
  const { namespace } = options.redis;
  const deps = (name: Exclude<Domain, 'sandbox-provider'>) => ({
    databaseUrl: databaseUrls[name],
    redis,
    namespace,
    log: logFor(name),
    instruments: { metrics, tracer: telemetry?.tracerOf(name) },
  });
  const encryptionKey = Buffer.from(secret('accounts-encryption'), 'base64url');
  const { subgraph: accounts, jwks } = buildAccounts({ ...deps('accounts'), encryptionKey, limitAttempts: rateLimits });
  const provider = sandboxPayments({
    baseUrl: providerUrl,
    apiKey: secret('provider-api-key'),
    webhookSecret: secret('provider-webhooks'),
  });
  const subgraphs: Subgraph[] = [
    accounts,
    buildCatalog(deps('catalog')),
    buildBooking({ ...deps('booking'), settings: { ticketSecret: secret('tickets'), ...options.booking } }),
    buildPayments({
      ...deps('payments'),
      provider,
      calls: inProcessCalls('payments', (name) => subgraphs.find((subgraph) => subgraph.name === name)),
    }),
    buildNotifications(deps('notifications')),
  ];
  return { subgraphs, jwks };
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

/** An address for listening everywhere is none to call. */
function callable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function present(subgraph: Subgraph | undefined, name: string): Subgraph {
  if (!subgraph) throw new Error(`The supergraph names a subgraph ${name} that the stack does not have.`);
  return subgraph;
}

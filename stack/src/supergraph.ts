import { fileURLToPath } from 'node:url';
import {
  createGateway,
  type GivenSettings,
  httpTransport,
  inProcessTransport,
  type Planning,
  policies,
  readRegisteredOperations,
  REGISTERED_OPERATIONS,
  registeredClients,
} from '@marquee/gateway';
import { openRedisForRole } from '@marquee/redis';
import type { SandboxTimings } from '@marquee/sandbox-provider';
import { type DefinedSubgraph, inProcessCalls, type Subgraph } from '@marquee/subgraph';
import { type Log, processRegistry } from '@marquee/telemetry';
import { allOrFirstError } from './all-or-first-error.ts';
import { openSubgraphs, type SubgraphsOptions } from './open-subgraphs.ts';
import { connectableHost } from './port.ts';
import { pagesOf, publicUrls } from './public-url.ts';
import {
  openSandboxProvider,
  SANDBOX_MAIL,
  SANDBOX_PROVIDER,
  SANDBOX_PUSH,
  startSandboxMail,
  startSandboxPush,
  startSandboxSignIn,
  webhookUrlAt,
} from './sandbox.ts';
import type { StackSite } from './sites.ts';
import { signerOf } from './subgraphs.ts';

export interface SupergraphOptions extends SubgraphsOptions {
  definitions: readonly DefinedSubgraph[];
  host: string;
  /** The gateway's port; must be fixed, because the provider sends its webhooks there. */
  port: number;
  /** The sandbox payment provider's port; 0 for any. */
  providerPort: number;
  /** Where the sandbox payment provider sends its webhooks; to the gateway by default. */
  webhookUrl?: string | undefined;
  /** The port of the sandbox mail server's inbox; 0 for any. */
  mailPort: number;
  /** The sandbox push service's port; 0 for any. */
  pushPort: number;
  /** The port of the sandbox sign-in provider; without it there is none. */
  signInPort?: number;
  /** This checkout's by default. */
  supergraphFile?: string | undefined;
  metricsHost: string;
  /** The port of metrics; 0 for any. */
  metricsPort: number;
  /** Applications for browsers; none by default. */
  sites?: readonly StackSite[];
  gateway?: GivenSettings;
  /** Plans operations for several supergraphs of one process. */
  planning?: Planning;
  provider?: Partial<SandboxTimings>;
}

const SUPERGRAPH_FILE = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

/** The addresses of a running supergraph. */
export interface RunningSupergraph {
  /** GraphQL over HTTP; the same with ws:// for sockets. */
  endpoint: string;
  /** The pages to open in a browser. */
  pages?: readonly { name: string; url: string }[];
  providerUrl: string;
  /** The metrics of the gateway; in one process, of everything. */
  metricsUrl: string;
  /** The inbox of the sandbox mail server. */
  mailUrl: string;
  /** The messages that the sandbox push service got. */
  pushUrl: string;
  /** Where a browser signs in with the sandbox provider. */
  signInUrl?: string;
  /** By domain. */
  databaseUrls: Readonly<Record<string, string>>;
  /** Lines to print for a newcomer, such as demo accounts. */
  notes?: readonly string[];
  /** The services that run as separate processes, with their ports on 127.0.0.1. */
  services?: readonly { name: string; port: number; metricsPort?: number | undefined }[];
  /** The folder of their logs. */
  logs?: string;
}

/** Starts the subgraphs, the payment provider and the gateway in this process. Everything started is added to `stops`. */
export async function startSupergraph(options: SupergraphOptions): Promise<RunningSupergraph> {
  const { databaseUrls, definitions, host, port, secret, logFor, stops, sites = [] } = options;
  const signer = signerOf(definitions);
  const { url: redisUrl, cacheUrl } = options.redis;
  const check = { log: logFor('redis'), isRequired: false };
  const redis = await openRedisForRole('durable', redisUrl, check);
  stops.add('the connection to Redis', async () => void (await redis.quit()));
  const cache = cacheUrl === undefined ? undefined : await openRedisForRole('cache', cacheUrl, check);
  stops.add('the connection to the cache', async () => cache?.disconnect());

  const origin = `http://${connectableHost(host)}:${port}`;
  const urls = publicUrls({ host, port, sites });
  const provider = openSandboxProvider({
    databaseUrl: databaseUrls[SANDBOX_PROVIDER] ?? '',
    ...{ secret, webhookUrl: options.webhookUrl ?? webhookUrlAt(origin) },
    log: logFor(SANDBOX_PROVIDER),
    timings: options.provider,
  });
  stops.add('the payment provider', () => provider.stop());
  const providerUrl = await provider.listen({ port: options.providerPort });
  const mail = await startSandboxMail({ log: logFor(SANDBOX_MAIL), stops }, options.mailPort);
  const pushUrl = await startSandboxPush({ log: logFor(SANDBOX_PUSH), stops }, options.pushPort);

  const signIn =
    options.signInPort === undefined
      ? undefined
      : await startSandboxSignIn({ origin: urls.origin, secret, stops, port: options.signInPort });

  // One registry, so that the gateway's metrics cover the whole process.
  const metrics = processRegistry();
  const byName = new Map<string, Subgraph>();
  const callsOf = (caller: string) => inProcessCalls(caller, (name) => byName.get(name));
  const subgraphs = openSubgraphs(definitions, options, {
    ...{ redis, cache, metrics, callsOf },
    // In production, links to pages without TLS are refused.
    publicUrls: { ...urls, ...(options.gateway?.production && { sites: [] }) },
    sandboxes: { provider: providerUrl, mail: mail.smtpUrl, push: true, signIn: signIn?.provider },
  });
  for (const subgraph of subgraphs) byName.set(subgraph.name, subgraph);
  // The gateway reads its supergraph while the subgraphs wait for their databases.
  const started = allOrFirstError(subgraphs.map((subgraph) => subgraph.start()));
  const creating = createGateway({
    supergraph: { path: options.supergraphFile ?? SUPERGRAPH_FILE },
    transportFor: (name, url) => {
      const subgraph = byName.get(name);
      // A subgraph of another repository runs elsewhere.
      return subgraph ? inProcessTransport(subgraph) : httpTransport(name, { url });
    },
    identity: { jwks: keysOf(present(byName.get(signer), signer)) },
    ...{ redis, cache },
    namespace: options.redis.namespace,
    readiness: {
      redis: async () => void (await redis.ping()),
      ...Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, () => subgraph.ready()])),
    },
    routes: async (app) => {
      for (const { routes } of subgraphs) if (routes) await app.register(async (scope) => routes(scope));
    },
    sandboxPages: {
      ...{ mail: mail.url, push: pushUrl, cards: providerUrl },
      ...(signIn && { 'sign-in': signIn.startUrl }),
    },
    sites,
    demoAccounts: definitions.flatMap(({ demoAccounts = [] }) => demoAccounts),
    policies: policies(callsOf('gateway')),
    registeredClients: await registeredClients(REGISTERED_OPERATIONS),
    registeredOperations: await readRegisteredOperations(REGISTERED_OPERATIONS),
    log: logFor('gateway'),
    metrics,
    tracer: options.telemetry?.tracerOf('gateway'),
    ...(options.gateway && { settings: options.gateway }),
    ...(options.planning && { planning: options.planning }),
  });
  stops.add('the gateway', async () => void (await (await creating).stop()));
  const [gateway] = await Promise.all([creating, started]);
  await waitForSeedEvents(subgraphs, logFor('stack'));
  const metricsUrl = await gateway.listenForMetrics(options.metricsPort, options.metricsHost);
  await gateway.listen(port, host);
  return {
    endpoint: `${origin}/graphql`,
    pages: pagesOf(urls),
    providerUrl,
    mailUrl: mail.url,
    pushUrl,
    ...(signIn && { signInUrl: signIn.startUrl }),
    metricsUrl,
    databaseUrls,
  };
}

/**
 * Waits until the seed's events are handled: the first round publishes events, the second handles those that arrived late.
 * The stack serves even when an event cannot be handled yet.
 */
async function waitForSeedEvents(subgraphs: Subgraph[], log: Log): Promise<void> {
  const handleAll = () => Promise.all(subgraphs.map((subgraph) => subgraph.caughtUp()));
  try {
    await handleAll();
    await handleAll();
  } catch (err) {
    log.warn({ err }, 'not all events are handled yet');
  }
}

function keysOf({ name, keys }: Subgraph): NonNullable<Subgraph['keys']> {
  if (!keys) throw new Error(`The subgraph ${name} has no keys of access tokens`);
  return keys;
}

function present(subgraph: Subgraph | undefined, name: string): Subgraph {
  if (!subgraph)
    throw new Error(`The supergraph has a subgraph ${name}, and subgraphs/ has not: run npm run schema:compose.`);
  return subgraph;
}

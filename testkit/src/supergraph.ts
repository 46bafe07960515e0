import { randomBytes } from 'node:crypto';
import { graphClient, type GraphClient } from '@marquee/stack/client';
import { freePort } from '@marquee/servers';
import { databaseNames, loadSubgraphs, startSupergraph, type SupergraphOptions, teardown } from '@marquee/stack';
import { openLog } from '@marquee/telemetry';
import { testDatabase } from './databases.ts';
import { testFolder } from './folders.ts';
import { startOverHttp, type SupergraphOverHttp } from './over-http.ts';
import { testPlanning } from './planning.ts';
import { testRedis, type TestRedis } from './redis.ts';

/** How the gateway reaches the subgraphs: by function calls, or by HTTP as in a distributed deployment. */
export type Topology = 'in-process' | 'over-http';

/** The gateway, every subgraph and the payment provider, all in this process. */
export interface InProcessSupergraph {
  endpoint: string;
  /** The inbox of the sandbox mail server. */
  mailUrl: string;
  /** Of the sandbox push service. */
  pushUrl: string;
  metricsUrl: string;
  /** Where a browser signs in with the sandbox provider; present in the topology `over-http`. */
  signInUrl?: string | undefined;
  /** Present in the topology `over-http`. */
  overHttp?: Pick<SupergraphOverHttp, 'subgraphs' | 'addGateway'>;
  databaseUrl(name: string): string;
  /** Makes a client with its own socket; `stop` closes it. */
  client(accessToken?: string): GraphClient;
  stop(): Promise<void>;
}

/** Differences from the local stack. */
export interface InProcessOptions extends Pick<SupergraphOptions, 'settings' | 'gateway' | 'provider' | 'telemetry'> {
  /** `in-process` by default. */
  topology?: Topology;
  /** The run's Redis by default, in a namespace of its own. */
  redis?: TestRedis;
  /** The log's output; silent by default. */
  log?: { write(line: string): void };
  /** Whether rate limits apply; false by default. */
  rateLimits?: boolean;
  /** Called before anything starts, to fill the databases. */
  seed?: (databaseUrl: (name: string) => string) => Promise<void>;
}

/** Starts a supergraph for one test file, with its own databases, Redis namespace and ports. */
export async function supergraphInProcess(options: InProcessOptions = {}): Promise<InProcessSupergraph> {
  const { seed, rateLimits = false, topology = 'in-process', log, redis = testRedis(), ...rest } = options;
  const made = await Promise.all(
    databaseNames().map(async (domain) => [domain, (await testDatabase(domain)).url] as const),
  );
  const databaseUrls = Object.fromEntries(made);
  const databaseUrl = (name: string): string => databaseUrls[name] ?? missing(name);
  await seed?.(databaseUrl);
  const failures: unknown[] = [];
  const stops = teardown((_what, error) => failures.push(error));
  const secrets = new Map<string, string>();
  const common: SupergraphOptions = {
    ...rest,
    definitions: await loadSubgraphs(),
    databaseUrls,
    redis,
    planning: testPlanning,
    secret: (name) => secrets.get(name) ?? generateSecret(secrets, name),
    folderOf: testFolder,
    host: '127.0.0.1',
    port: await freePort(),
    providerPort: 0,
    mailPort: 0,
    pushPort: 0,
    ...{ metricsHost: '127.0.0.1', metricsPort: 0 },
    rateLimits,
    logFor: (service) => (log ? openLog({ service, destination: log }) : openLog({ service, level: 'silent' })),
    stops,
  };
  const overHttp = topology === 'over-http' ? await startOverHttp(common) : undefined;
  const { endpoint, mailUrl, pushUrl, metricsUrl, signInUrl } = overHttp ?? (await startSupergraph(common));
  return {
    endpoint,
    mailUrl,
    pushUrl,
    ...{ metricsUrl, signInUrl },
    ...(overHttp && { overHttp }),
    databaseUrl,
    client: (accessToken) => {
      const client = graphClient({ endpoint, ...(accessToken !== undefined && { accessToken }) });
      stops.add('a client', () => client.close());
      return client;
    },
    stop: async () => {
      await stops.run();
      if (failures.length > 0) throw new AggregateError(failures, 'The supergraph did not stop cleanly.');
    },
  };
}

function generateSecret(secrets: Map<string, string>, name: string): string {
  const made = randomBytes(32).toString('base64url');
  secrets.set(name, made);
  return made;
}

function missing(name: string): never {
  throw new Error(`${name} has no database`);
}

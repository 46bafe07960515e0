import { randomBytes } from 'node:crypto';
import { graphClient, type GraphClient } from '@marquee/stack/client';
import { freePort } from '@marquee/servers';
import { databaseNames, loadSubgraphs, startSupergraph, type SupergraphOptions, teardown } from '@marquee/stack';
import { openLog } from '@marquee/telemetry';
import { testDatabase } from './databases.ts';
import { startOverHttp, type SupergraphOverHttp } from './over-http.ts';
import { testRedis } from './redis.ts';

/** How the gateway reaches the subgraphs: by calls, or each on a port of its own as in a distributed deployment. */
export type Topology = 'in-process' | 'over-http';

/** Every subgraph, the payment provider and the gateway in this process, reached as clients reach them. */
export interface InProcessSupergraph {
  endpoint: string;
  /** Of the topology `over-http` alone. */
  overHttp?: Pick<SupergraphOverHttp, 'subgraphs' | 'addGateway'>;
  databaseUrl(name: string): string;
  /** A client with its own socket; closed by `stop`. */
  client(accessToken?: string): GraphClient;
  stop(): Promise<void>;
}

/** What a test may want otherwise than the local stack has it. */
export interface InProcessOptions extends Pick<SupergraphOptions, 'settings' | 'gateway' | 'provider' | 'telemetry'> {
  /** `in-process` when not given. */
  topology?: Topology;
  /** Where the log's lines go; nowhere when not given. */
  log?: { write(line: string): void };
  /** False lifts the limits on how often somebody may try. */
  rateLimits?: boolean;
  /** Called with the databases before anything runs. */
  seed?: (databaseUrl: (name: string) => string) => Promise<void>;
}

/** Starts a supergraph of the calling test file's own: copies of the migrated databases, a Redis namespace, free ports. */
export async function supergraphInProcess(options: InProcessOptions = {}): Promise<InProcessSupergraph> {
  const { seed, rateLimits = false, topology = 'in-process', log, ...rest } = options;
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
    redis: testRedis(),
    secret: (name) => secrets.get(name) ?? remember(secrets, name),
    host: '127.0.0.1',
    port: await freePort(),
    providerPort: 0,
    rateLimits,
    logFor: (service) => (log ? openLog({ service, destination: log }) : openLog({ service, level: 'silent' })),
    stops,
  };
  const overHttp = topology === 'over-http' ? await startOverHttp(common) : undefined;
  const { endpoint } = overHttp ?? (await startSupergraph(common));
  return {
    endpoint,
    ...(overHttp && { overHttp }),
    databaseUrl,
    client: (accessToken) => {
      const client = graphClient({ endpoint, ...(accessToken !== undefined && { accessToken }) });
      stops.add('a client', () => client.close());
      return client;
    },
    stop: async () => {
      await stops.run();
      if (failures.length > 0) throw new AggregateError(failures, 'The supergraph did not stop in order.');
    },
  };
}

function remember(secrets: Map<string, string>, name: string): string {
  const made = randomBytes(32).toString('base64url');
  secrets.set(name, made);
  return made;
}

function missing(name: string): never {
  throw new Error(`${name} has no database`);
}

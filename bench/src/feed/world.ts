import { connect, ensureDatabase, migrate, type SqlDatabase } from '../../../packages/database/src/index.ts';
import { openRedis } from '../../../packages/redis/src/index.ts';
import { startThrowawayPostgres, startThrowawayRedis } from '../../../packages/servers/src/index.ts';
import { secretsOf, type Subgraph } from '../../../packages/subgraph/src/index.ts';
import { openLog } from '../../../packages/telemetry/src/index.ts';
import { PrismaClient } from '../../../prisma/feed/generated/client.ts';
import { loadEventCatalogue } from '../../../stack/src/subgraphs.ts';
import { subgraph as definition } from '../../../subgraphs/feed/src/subgraph.ts';

/** Feed, with a Postgres and a Redis of its own; accounts and ads answer at once. */
export interface World {
  /** A further database of feed's, empty. */
  newDatabase(): Promise<{ readonly url: string; readonly database: SqlDatabase }>;
  open(databaseUrl: string): Promise<Subgraph>;
  stop(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const [postgres, redis] = await Promise.all([startThrowawayPostgres(), startThrowawayRedis()]);
  const connection = openRedis(redis.url, { onError: () => undefined });
  const ends: (() => Promise<unknown>)[] = [];
  let databases = 0;
  return {
    newDatabase: async () => {
      const url = Object.assign(new URL(postgres.url), { pathname: `/feed${(databases += 1)}` }).href;
      await ensureDatabase(url);
      await migrate({ url, folder: new URL('../../../prisma/feed', import.meta.url) });
      const database = connect(PrismaClient, { url });
      ends.push(() => database.$disconnect());
      return { url, database };
    },
    open: async (databaseUrl) => {
      const subgraph = definition.open({
        ...{ databaseUrl, redis: connection, cache: connection, namespace: 'bench', calls: { query: answer } },
        log: openLog({ service: 'feed', level: 'silent' }),
        catalogue: await loadEventCatalogue(),
        settings: secretsOf(definition, () => Buffer.alloc(32, 7).toString('base64url')),
      });
      ends.push(() => subgraph.stop());
      return subgraph;
    },
    stop: async () => {
      for (const end of ends.toReversed()) await end();
      connection.disconnect();
      await Promise.all([postgres.stop(), redis.stop()]);
    },
  };
}

async function answer<Data>(subgraph: string): Promise<Data> {
  return (subgraph === 'ads' ? { adPlacements: [] } : { people: [{ locale: 'en-GB' }] }) as Data;
}

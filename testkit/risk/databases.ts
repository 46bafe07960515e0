import { databaseUrl, ensureDatabase, migrate, openPlainClient, type PlainClient } from '@marquee/database';
import { startThrowawayPostgres } from '@marquee/servers';

/** Empty databases of activity on a Postgres of their own. */
export interface ActivityDatabases {
  open(name: string): Promise<PlainClient>;
  stop(): Promise<void>;
}

export async function startActivityDatabases(): Promise<ActivityDatabases> {
  const server = await startThrowawayPostgres();
  const clients: PlainClient[] = [];
  return {
    open: async (name) => {
      const url = databaseUrl(server.url, name);
      await ensureDatabase(url);
      await migrate({ url, folder: new URL('../../prisma/activity/', import.meta.url) });
      const client = await openPlainClient(url);
      clients.push(client);
      return client;
    },
    stop: async () => {
      for (const client of clients) await client.close();
      await server.stop();
    },
  };
}

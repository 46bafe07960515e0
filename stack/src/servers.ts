import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUrl, ensureDatabase, migrate } from '@marquee/database';
import { allOrFirstError } from './all-or-first-error.ts';
import {
  stopLeftover,
  type Reaper,
  type RunningServer,
  startReaper,
  startPostgres,
  startRedis,
} from '@marquee/servers';
import type { StackSettings } from './settings.ts';
import type { StateFolder } from './state-folder.ts';
import { writePostgresUrl, writeRedisUrl } from '@marquee/servers/state-path';
import type { Teardown } from './teardown.ts';

/** The stack's Postgres and Redis. */
export interface StackServers {
  postgresUrl: string;
  redisUrl: string;
  /** Undefined when the settings name a Redis, but none that may evict. */
  redisCacheUrl: string | undefined;
  /** Stops the servers when this process is killed. */
  reaper: Reaper;
}

export interface ServersDeps {
  settings: StackSettings;
  state: StateFolder;
  stops: Teardown;
  /** Called when a server ends unexpectedly. */
  onLoss: (message: string) => void;
}

/** The memory of the Redis that may evict. */
const CACHE_MEMORY = '32mb';

/** Starts Postgres and the two kinds of Redis, unless the settings name running ones. */
export async function startServers({ settings, state, stops, onLoss }: ServersDeps): Promise<StackServers> {
  await stopLeftoverServices(state);
  const reaper = startReaper();
  stops.add('the reaper', reaper.dismiss);
  const keep = (what: string, server: RunningServer): string => {
    let stopping = false;
    stops.add(what, async () => {
      stopping = true;
      await server.stop();
    });
    void server.ended.then(() => stopping || onLoss(`${what} has ended unexpectedly. Read its log in ${state.path}`));
    return server.url;
  };
  const startOwnPostgres = async (): Promise<string> => {
    const server = await startPostgres({
      folders: state.postgresFolders,
      // The data of a developer's machine; twice as much is Postgres's default.
      settings: { max_connections: '200', shared_buffers: '64MB' },
      reaper,
    });
    state.recordPostgresFolder(server.folder);
    writePostgresUrl(state.path, server.url);
    return keep('Postgres', server);
  };
  const startOwnRedis = async (): Promise<string> => {
    const url = keep('Redis', await startRedis({ folder: state.redisFolder, durable: true, reaper }));
    writeRedisUrl(state.redisFolder, url);
    return url;
  };
  const startOwnCache = async (): Promise<string> => {
    const folder = state.redisCacheFolder;
    return keep('the cache in Redis', await startRedis({ folder, durable: false, evictAt: CACHE_MEMORY, reaper }));
  };
  const [postgresUrl, redisUrl, redisCacheUrl] = await allOrFirstError([
    settings.databaseUrl ?? startOwnPostgres(),
    settings.redisUrl ?? startOwnRedis(),
    settings.redisCacheUrl ?? (settings.redisUrl === undefined ? startOwnCache() : undefined),
  ] as const);
  return { postgresUrl, redisUrl, redisCacheUrl, reaper };
}

/** Stops the services that a killed distributed stack left behind. */
export async function stopLeftoverServices({ servicesFolder }: StateFolder): Promise<void> {
  const records = filesIn(servicesFolder).filter((file) => file.endsWith('.json'));
  await Promise.all(records.map((file) => stopLeftover(join(servicesFolder, file))));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No distributed stack has run yet.
    return [];
  }
}

/** Creates and migrates the database of each domain. @returns their URLs, by domain */
export async function prepareDatabases(
  domains: readonly string[],
  postgresUrl: string,
  settings: StackSettings,
): Promise<Record<string, string>> {
  const prepared = await allOrFirstError(
    domains.map(async (domain) => {
      const url = settings.databaseUrls[domain] ?? databaseUrl(postgresUrl, domain);
      await ensureDatabase(url);
      await migrate({ url, folder: new URL(`../../prisma/${domain}/`, import.meta.url) });
      return [domain, url] as const;
    }),
  );
  return Object.fromEntries(prepared);
}

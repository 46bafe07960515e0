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
import { writeRedisUrl } from '@marquee/servers/state-path';
import type { Teardown } from './teardown.ts';

/** Where the stack's data lives. */
export interface StackServers {
  postgresUrl: string;
  redisUrl: string;
  /** Ends what outlives this process. */
  reaper: Reaper;
}

export interface ServersDeps {
  settings: StackSettings;
  state: StateFolder;
  stops: Teardown;
  /** Called when a server ends although nobody asked it to. */
  onLoss: (message: string) => void;
}

/** Starts the servers that the settings do not name. */
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
    void server.ended.then(() => stopping || onLoss(`${what} has ended by itself: its log is in ${state.path}.`));
    return server.url;
  };
  const ownPostgres = async (): Promise<string> => {
    const server = await startPostgres({
      folders: state.postgresFolders,
      settings: { max_connections: '200' },
      reaper,
    });
    state.rememberPostgres(server.folder);
    return keep('Postgres', server);
  };
  const ownRedis = async (): Promise<string> => {
    const url = keep('Redis', await startRedis({ folder: state.redisFolder, durable: true, reaper }));
    writeRedisUrl(state.redisFolder, url);
    return url;
  };
  const [postgresUrl, redisUrl] = await allOrFirstError([
    settings.databaseUrl ?? ownPostgres(),
    settings.redisUrl ?? ownRedis(),
  ] as const);
  return { postgresUrl, redisUrl, reaper };
}

/** Ends the services that a distributed stack left behind when it was killed. */
export async function stopLeftoverServices({ servicesFolder }: StateFolder): Promise<void> {
  const records = filesIn(servicesFolder).filter((file) => file.endsWith('.json'));
  await Promise.all(records.map((file) => stopLeftover(join(servicesFolder, file))));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There never was a distributed stack.
    return [];
  }
}

/** Creates and migrates the database of each domain. @returns their addresses */
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

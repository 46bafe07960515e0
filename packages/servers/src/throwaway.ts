import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReaper } from './reaper.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import type { RunningServer } from './server-process.ts';

/** A server whose data is deleted when it stops, or when this process is killed. */
export interface ThrowawayServer {
  url: string;
  stop(): Promise<void>;
}

/** Settings that make Postgres fast and would lose data in a crash. */
const NO_DURABILITY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '500',
  autovacuum: 'off',
};

/** Starts an empty Postgres in a temporary folder. */
export async function startThrowawayPostgres(): Promise<ThrowawayServer> {
  const reaper = startReaper();
  const name = `marquee-${randomBytes(6).toString('hex')}`;
  // The account that Postgres runs as for root may be unable to enter the user's temporary folder.
  const server = await startPostgres({
    folders: [join(tmpdir(), name), join('/var/tmp', name)],
    settings: NO_DURABILITY,
    reaper,
  });
  reaper.remove(server.folder);
  return throwaway(server, server.folder, reaper.dismiss);
}

/** Starts an empty Redis in a temporary folder. */
export async function startThrowawayRedis(): Promise<ThrowawayServer> {
  const reaper = startReaper();
  const folder = mkdtempSync(join(tmpdir(), 'marquee-'));
  reaper.remove(folder);
  return throwaway(await startRedis({ folder, durable: false, reaper }), folder, reaper.dismiss);
}

function throwaway(server: RunningServer, folder: string, dismissReaper: () => void): ThrowawayServer {
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    dismissReaper();
  };
  return { url: server.url, stop };
}

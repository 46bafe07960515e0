import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGuard } from './guard.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import type { RunningServer } from './server-process.ts';

/** A server whose data nobody will miss: it goes with the server, and both go when this process is killed. */
export interface ThrowawayServer {
  url: string;
  stop(): Promise<void>;
}

/** What makes Postgres fast and would lose data in a crash of the machine. */
const CARELESS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '300',
  autovacuum: 'off',
};

/** Starts an empty Postgres in a temporary folder. */
export async function startThrowawayPostgres(): Promise<ThrowawayServer> {
  const guard = startGuard();
  const name = `marquee-${randomBytes(6).toString('hex')}`;
  // The user's own temporary folder may be closed to the stand-in user that Postgres runs as.
  const server = await startPostgres({
    folders: [join(tmpdir(), name), join('/var/tmp', name)],
    settings: CARELESS,
    guard,
  });
  guard.remove(server.folder);
  return throwaway(server, server.folder, guard.dismiss);
}

/** Starts an empty Redis in a temporary folder. */
export async function startThrowawayRedis(): Promise<ThrowawayServer> {
  const guard = startGuard();
  const folder = mkdtempSync(join(tmpdir(), 'marquee-'));
  guard.remove(folder);
  return throwaway(await startRedis({ folder, durable: false, guard }), folder, guard.dismiss);
}

function throwaway(server: RunningServer, folder: string, dismissGuard: () => void): ThrowawayServer {
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    dismissGuard();
  };
  return { url: server.url, stop };
}

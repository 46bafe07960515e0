import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Reaper,
  type RunningPostgres,
  type RunningServer,
  startPostgres,
  startReaper,
  startRedis,
} from '@marquee/servers';

/** A server that may be killed and started again at the same address. */
export interface BreakableServer {
  readonly url: string;
  /** Ends it at once, by SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again after a kill. */
  start(): Promise<void>;
  /** Freezes it: connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
}

/** The servers of one run, which no other program uses. */
export interface BreakableServers {
  /** Keeps its data over a restart. */
  readonly postgres: BreakableServer;
  /** Comes back empty. */
  readonly redis: BreakableServer;
  stop(): Promise<void>;
}

export async function startBreakableServers(): Promise<BreakableServers> {
  const reaper = startReaper();
  const folder = mkdtempSync(join(tmpdir(), 'marquee-faults-'));
  const folders = [folder];
  reaper.remove(folder);
  const startOwnPostgres = async (running?: RunningServer): Promise<RunningServer> => {
    const server = await launchPostgres(folder, reaper, running);
    folders.push(server.folder);
    reaper.remove(server.folder);
    return server;
  };
  const [postgres, redis] = await Promise.all([
    breakable(startOwnPostgres),
    breakable((running) =>
      startRedis({ folder: join(folder, 'redis'), durable: false, reaper, ...(running && { url: running.url }) }),
    ),
  ]);
  return {
    postgres,
    redis,
    stop: async () => {
      await Promise.all([postgres.kill(), redis.kill()]);
      for (const each of folders) rmSync(each, { recursive: true, force: true });
      reaper.dismiss();
    },
  };
}

function launchPostgres(folder: string, reaper: Reaper, running?: RunningServer): Promise<RunningPostgres> {
  const name = `${folder.slice(folder.lastIndexOf('/') + 1)}-postgres`;
  return startPostgres({
    // For root, Postgres runs as an account that may be unable to enter the temporary folder.
    folders: [join(folder, 'postgres'), join('/var/tmp', name)],
    settings: { max_connections: '200' },
    reaper,
    ...(running && { port: Number(new URL(running.url).port) }),
  });
}

async function breakable(launch: (running?: RunningServer) => Promise<RunningServer>): Promise<BreakableServer> {
  let running = await launch();
  return {
    url: running.url,
    kill: async () => {
      process.kill(running.pid, 'SIGKILL');
      await running.ended;
    },
    start: async () => {
      running = await launch(running);
    },
    freeze: () => void process.kill(running.pid, 'SIGSTOP'),
    thaw: () => void process.kill(running.pid, 'SIGCONT'),
  };
}

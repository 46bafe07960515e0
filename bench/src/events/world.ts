import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, ensureDatabase, migrate, type SqlDatabase } from '../../../packages/database/src/index.ts';
import { appendToOutbox, type NewEvent } from '../../../packages/events/src/index.ts';
import { startPostgres, startReaper, startRedis } from '../../../packages/servers/src/index.ts';
import { processorSeconds } from '../processes/pinned-process.ts';
import { PrismaClient } from '../../../prisma/notifications/generated/client.ts';

const STATEMENT_EVENTS = 500;

/** A database with an outbox and an inbox, and a Redis; both durable as in production. */
export interface World {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly database: SqlDatabase;
  /** Seconds of processor that the two have used. */
  processor(): number;
  stop(): Promise<void>;
}

/** @param domain whose database it has */
export async function openWorld(domain = 'notifications'): Promise<World> {
  const reaper = startReaper();
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-events-'));
  const postgres = await startPostgres({
    folders: [join(folder, 'postgres'), join('/var/tmp', `${folder.slice(folder.lastIndexOf('/') + 1)}-postgres`)],
    settings: {},
    reaper,
  });
  const redis = await startRedis({ folder: join(folder, 'redis'), durable: true, reaper });
  for (const each of [folder, postgres.folder]) reaper.remove(each);
  const databaseUrl = Object.assign(new URL(postgres.url), { pathname: '/events' }).href;
  await ensureDatabase(databaseUrl);
  await migrate({ url: databaseUrl, folder: new URL(`../../../prisma/${domain}`, import.meta.url) });
  const database = connect(PrismaClient, { url: databaseUrl });
  await database.$executeRaw`CREATE TABLE effects (key text NOT NULL)`;
  return {
    ...{ databaseUrl, redisUrl: redis.url, database },
    processor: () => processorSeconds(postgres.pid) + processorSeconds(redis.pid),
    stop: async () => {
      await database.$disconnect();
      await Promise.all([postgres.stop(), redis.stop()]);
      for (const each of [folder, postgres.folder]) rmSync(each, { recursive: true, force: true });
      reaper.dismiss();
    },
  };
}

/** Commits events to the outbox. */
export async function emit(database: SqlDatabase, events: readonly NewEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += STATEMENT_EVENTS)
    await appendToOutbox(database, events.slice(start, start + STATEMENT_EVENTS));
}

/** A relay or a consumer. */
export interface Worker {
  start(): void;
  /** Kills it. @returns the seconds of processor that it used since its start */
  stop(): Promise<number>;
}

export async function openWorker(role: 'relay' | 'consumer', { databaseUrl, redisUrl }: World): Promise<Worker> {
  const file = new URL('worker-main.ts', import.meta.url);
  const child = fork(file.pathname, [role, databaseUrl, redisUrl], { execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  return { start: () => child.send('start'), stop: () => killed(child) };
}

async function killed(child: ChildProcess): Promise<number> {
  child.send('report');
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  child.kill('SIGKILL');
  await once(child, 'exit');
  return (user + system) / 1e6;
}

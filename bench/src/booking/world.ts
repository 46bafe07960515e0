import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres, startReaper, startRedis } from '../../../packages/servers/src/index.ts';
import { databaseUrl } from '../../../packages/database/src/index.ts';
import { startStackProcess, type StackProcess } from '../../../testkit/faults/world.ts';
import { LOAD_CORE, PinnedProcess, waitUntilListening } from '../processes/pinned-process.ts';

export type Topology = 'stack' | 'stack-distributed';

/** The servers of the benchmark, which outlive the stack. */
export interface Servers {
  readonly postgres: { readonly url: string; readonly pid: number; readonly folder: string };
  readonly redis: { readonly url: string; readonly pid: number };
  /** A Postgres for the payment provider alone, which plays a third party. */
  readonly thirdParty: { readonly url: string };
  /** Of the stack's secrets. */
  readonly stateFolder: string;
  stop(): Promise<void>;
}

/** A marketplace that sells, and its payment provider. */
export interface World {
  readonly endpoint: string;
  readonly stackPid: number;
  stop(): Promise<void>;
}

/** Counts statements, and keeps the log that commits are counted in. */
const COUNTED = {
  wal_keep_size: '8GB',
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': '10000',
};
/** Where statements are logged once `log_statement` is `all`. */
const LOG = { logging_collector: 'on', log_destination: 'jsonlog', log_filename: 'statements', log_rotation_size: '0' };

export async function startServers(): Promise<Servers> {
  const reaper = startReaper();
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  const postgresOf = (name: string, settings: Record<string, string>) =>
    startPostgres({
      // For root, Postgres runs as an account that may be unable to enter the temporary folder.
      folders: [join(folder, name), join('/var/tmp', `${folder.slice(folder.lastIndexOf('/') + 1)}-${name}`)],
      settings: { max_connections: '300', ...settings },
      reaper,
    });
  const postgres = await postgresOf('postgres', { ...COUNTED, ...LOG });
  const thirdParty = await postgresOf('third-party', { fsync: 'off' });
  const redis = await startRedis({ folder: join(folder, 'redis'), durable: false, reaper });
  const folders = [folder, postgres.folder, thirdParty.folder];
  for (const each of folders) reaper.remove(each);
  return {
    ...{ postgres, redis, thirdParty, stateFolder: join(folder, 'state') },
    stop: async () => {
      await Promise.all([postgres.stop(), thirdParty.stop(), redis.stop()]);
      for (const each of folders) rmSync(each, { recursive: true, force: true });
      reaper.dismiss();
    },
  };
}

/** Sells without limits on a customer's seats, and long enough that nothing expires. */
const ENVIRONMENT = {
  RATE_LIMITS: 'off',
  BOOKING_MAX_SEATS_PER_CUSTOMER: '100000',
  BOOKING_MAX_SEATS_UNVERIFIED: '100000',
  BOOKING_MAX_UNPAID_SEATS: '100000',
  BOOKING_UNPAID_SECONDS: '3600',
  ACTIVITY_RISK_LEVELS: 'off',
};
const KEYS = { apiKey: 'a key that the benchmark made up 00', webhookSecret: 'a secret that the benchmark made 00' };

/** Starts the stack on the servers. Its provider is a process of its own, on a Postgres of its own. */
export async function openWorld(servers: Servers, topology: Topology, logFile: string): Promise<World> {
  const port = await freePort();
  const provider = topology === 'stack' ? await startProvider(servers, port) : undefined;
  const stack: StackProcess = await startStackProcess({
    ...{
      topology,
      logFile,
      port,
      postgresUrl: servers.postgres.url,
      redisUrl: servers.redis.url,
      folder: servers.stateFolder,
    },
    environment: {
      ...ENVIRONMENT,
      PAYMENTS_PROVIDER_API_KEY: KEYS.apiKey,
      PAYMENTS_PROVIDER_WEBHOOK_SECRET: KEYS.webhookSecret,
      ...(provider
        ? { PAYMENTS_PROVIDER_URL: provider.url }
        : { DATABASE_URL_SANDBOX_PROVIDER: databaseUrl(servers.thirdParty.url, 'sandbox-provider') }),
    },
  });
  return {
    endpoint: stack.endpoint,
    stackPid: stack.pid,
    stop: async () => {
      await stack.stop();
      await provider?.process.stop();
    },
  };
}

async function startProvider(
  { thirdParty }: Servers,
  gatewayPort: number,
): Promise<{ readonly url: string; readonly process: PinnedProcess }> {
  const port = await freePort();
  const program = new PinnedProcess([process.execPath, '../dist/sandbox-provider.mjs'], {
    core: LOAD_CORE,
    env: {
      NODE_ENV: 'development',
      SANDBOX_PROVIDER_PORT: `${port}`,
      SANDBOX_PROVIDER_WEBHOOK_URL: `http://127.0.0.1:${gatewayPort}/webhooks/payments/sandbox`,
      SANDBOX_PROVIDER_API_KEY: KEYS.apiKey,
      SANDBOX_PROVIDER_WEBHOOK_SECRET: KEYS.webhookSecret,
      DATABASE_URL_SANDBOX_PROVIDER: databaseUrl(thirdParty.url, 'third-party'),
    },
  });
  await waitUntilListening(port, program);
  return { url: `http://127.0.0.1:${port}`, process: program };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseUrl } from '@marquee/database';
import { freePort } from '@marquee/servers';

import { type BreakableServer, startBreakableServers } from './breakable-servers.ts';
import { eventually } from '../src/eventually.ts';
import { type FreezableProxy, startProxy } from '../src/tcp-proxy.ts';
import { seededRandom } from './random.ts';
import { startWebhookProxy, type WebhookProxy } from './webhook-proxy.ts';

/** A seeded marketplace under sale, the servers it runs on, and what scenarios share. */
export interface World {
  readonly endpoint: string;
  /** Of the gateway, and in one process of everything. */
  readonly metricsUrl: string;
  readonly postgres: BreakableServer;
  readonly redis: BreakableServer;
  /** Between the stack and Redis. */
  readonly redisProxy: FreezableProxy;
  /** Between the provider and the stack, in one process. */
  readonly webhooks: WebhookProxy;
  /** The process of the stack, whose children are the services in the distributed topology. */
  readonly stackPid: number;
  /** Ends the process of the stack at once, by SIGKILL, and starts it again at the same address. */
  restartStack(): Promise<void>;
  /** The URL of a domain's database. */
  databaseUrl(domain: string): string;
  /** In [0, 1); repeatable by its seed. */
  readonly random: () => number;
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** One process for everything, or one for each service. */
  readonly topology: 'stack' | 'stack-distributed';
  readonly seed: number;
  /** Where the log of the stack goes. */
  readonly logFile: string;
  /** Variables of the stack besides those of every world. */
  readonly environment: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_MS = 120_000;
/** A question may meet the stack while it only reserves its port, which then waits for the end of the connection. */
const ASK_MS = 1_000;
const STOP_MS = 20_000;

/** A stack in a process of its own. */
export interface StackProcess {
  readonly endpoint: string;
  readonly metricsUrl: string;
  readonly pid: number;
  /** Ends it at once, by SIGKILL. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface StackProcessOptions extends Pick<WorldOptions, 'topology' | 'logFile' | 'environment'> {
  /** Free ones by default. */
  readonly port?: number;
  readonly metricsPort?: number;
  /** The folder of its secrets, without which its data cannot be used again; by default one that goes when it stops. */
  readonly folder?: string;
  readonly postgresUrl: string;
  readonly redisUrl: string;
}

/** Starts a marketplace, and the servers that it runs on. */
export async function openWorld({ seed, ...options }: WorldOptions): Promise<World> {
  const random = seededRandom(seed);
  const servers = await startBreakableServers();
  const [port, metricsPort] = [await freePort(), await freePort()];
  const redisProxy = await startProxy(servers.redis.url);
  const webhooks = await startWebhookProxy(`http://127.0.0.1:${port}`, random);
  const folder = mkdtempSync(join(tmpdir(), 'marquee-faults-state-'));
  const stopServers = async (): Promise<void> => {
    redisProxy.stop();
    webhooks.stop();
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const isOneProcess = options.topology === 'stack';
  const environment = {
    ...options.environment,
    ...(isOneProcess && { SANDBOX_PROVIDER_WEBHOOK_URL: webhooks.url }),
  };
  const urls = { postgresUrl: servers.postgres.url, redisUrl: redisProxy.url };
  const start = () => startStackProcess({ ...options, ...urls, environment, folder, port, metricsPort });
  let stack = await start().catch(async (error: unknown) => {
    await stopServers();
    throw error;
  });
  return {
    ...{ endpoint: stack.endpoint, metricsUrl: stack.metricsUrl, random },
    ...{ postgres: servers.postgres, redis: servers.redis, redisProxy, webhooks },
    get stackPid() {
      return stack.pid;
    },
    restartStack: async () => {
      await stack.kill();
      stack = await start();
    },
    databaseUrl: (domain) => databaseUrl(servers.postgres.url, domain),
    stop: async () => {
      await stack.stop();
      await stopServers();
    },
  };
}

/** Starts a stack without seeded bookings on given servers. */
export async function startStackProcess(options: StackProcessOptions): Promise<StackProcess> {
  const { topology, logFile, environment, postgresUrl, redisUrl } = options;
  const state = options.folder ?? mkdtempSync(join(tmpdir(), 'marquee-faults-state-'));
  const [port, metricsPort] = [options.port ?? (await freePort()), options.metricsPort ?? (await freePort())];
  const log = openSync(logFile, 'a');
  const stack = spawn(process.execPath, [join(ROOT, `dist/${topology}.mjs`)], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...{ MARQUEE_FOLDER: state, DATABASE_URL: postgresUrl, REDIS_URL: redisUrl },
      ...{ GATEWAY_PORT: `${port}`, METRICS_PORT: `${metricsPort}`, SEED_BOOKINGS: 'off', LOG_LEVEL: 'warn' },
      ...environment,
    },
    stdio: ['ignore', log, log],
  });
  const stop = async (): Promise<void> => {
    await endProcess(stack);
    if (options.folder === undefined) rmSync(state, { recursive: true, force: true });
  };
  try {
    await untilReady(stack, port);
  } catch (error) {
    await stop();
    throw new Error(`The stack did not start; its log is ${logFile}.`, { cause: error });
  }
  return {
    endpoint: `http://127.0.0.1:${port}/graphql`,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    pid: stack.pid ?? 0,
    kill: () => endProcess(stack, 'SIGKILL'),
    stop,
  };
}

async function untilReady(stack: ChildProcess, port: number): Promise<void> {
  await eventually(
    async () => {
      if (stack.exitCode !== null) return;
      const { status } = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(ASK_MS) });
      if (status !== 200) throw new Error(`The stack is not ready: ${status}`);
    },
    { timeoutMs: START_MS, everyMs: 200 },
  );
  if (stack.exitCode !== null) throw new Error(`The stack ended with ${stack.exitCode}.`);
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await once(child, 'exit');
  clearTimeout(late);
}

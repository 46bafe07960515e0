import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { builtProgram } from '@marquee/testkit';
import { Redis } from 'ioredis';

/** The output of serve-servers.ts. */
export interface Served {
  postgres: { pid: number; url: string; folder: string };
  redis: { pid: number; url: string };
}

export interface ServingProcess extends Served {
  process: ChildProcess;
  end(signal: NodeJS.Signals): Promise<void>;
}

/** The user to run serve-servers.ts as, and the build of it. */
export interface ServingOptions {
  program?: string;
  uid?: number;
  gid?: number;
}

let built: Promise<string> | undefined;

/** Starts the process and waits for the addresses. @throws with what it wrote when it ends before. */
export async function serveServers(args: string[], options: ServingOptions = {}): Promise<ServingProcess> {
  const child = await spawnServing(['serve', ...args], options);
  let problem = '';
  child.stderr.on('data', (data: Buffer) => (problem += data.toString()));
  const ended = once(child, 'exit').then((): never => {
    throw new Error(`It ended before it served: ${problem}`);
  });
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string];
  ended.catch(() => {});
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return { ...(JSON.parse(line) as Served), process: child, end };
}

/** Runs the process's `reset` to its end. @returns the exit code */
export async function resetServers(folder: string, options: ServingOptions = {}): Promise<number> {
  const [code] = (await once(await spawnServing(['reset', folder], options), 'exit')) as [number];
  return code;
}

async function spawnServing(args: string[], { program, ...as }: ServingOptions) {
  const file = program ?? (await (built ??= builtProgram(new URL('serve-servers.ts', import.meta.url))));
  // Only PATH: HOME and npm's cache in the tests' environment belong to another user.
  const env = { PATH: process.env['PATH'] };
  return spawn(process.execPath, [file, ...args], { ...as, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs one statement. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** Runs `work` on one Redis connection. */
export async function onRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  // The command that fails says so itself.
  redis.on('error', () => {});
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

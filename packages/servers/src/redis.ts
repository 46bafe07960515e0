import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { connectOnce } from '@marquee/redis';
import type { Reaper } from './reaper.ts';
import { stopLeftover, type RunningServer, startServer } from './server-process.ts';
import { SetupError } from './setup-error.ts';

export interface RedisOptions {
  folder: string;
  /** Whether the data survives a restart. */
  durable: boolean;
  /** The memory at which it evicts what was least recently used, such as `32mb`; without it, nothing is evicted. */
  evictAt?: string;
  /** The URL of an earlier start, to serve at again; a free port and a new password by default. */
  url?: string;
  reaper: Reaper;
}

/**
 * Starts Redis on 127.0.0.1 with a generated password.
 *
 * @throws {SetupError} when Redis is missing and cannot be installed, or does not start
 */
export async function startRedis({ folder, durable, evictAt, url, reaper }: RedisOptions): Promise<RunningServer> {
  const program = redisProgram();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const recordFile = join(folder, 'server.json');
  await stopLeftover(recordFile);
  const former = url === undefined ? undefined : new URL(url);
  const password = former?.password ?? randomBytes(18).toString('base64url');
  return startServer({
    name: 'Redis',
    ...(former && { port: Number(former.port) }),
    // Passed on standard input, so that the process list does not show the password.
    command: (port) => ({ program, args: ['-'], input: configuration({ port, folder, durable, evictAt, password }) }),
    url: (port) => `redis://:${password}@127.0.0.1:${port}`,
    ping: pingRedis,
    account: undefined,
    cwd: folder,
    logFile: join(folder, 'redis.log'),
    recordFile,
    reaper,
  });
}

interface Configuration {
  port: number;
  folder: string;
  durable: boolean;
  evictAt: string | undefined;
  password: string;
}

function configuration(of: Configuration): string {
  return [
    `port ${of.port}`,
    'bind 127.0.0.1',
    `requirepass ${of.password}`,
    `dir "${of.folder}"`,
    'save ""',
    `appendonly ${of.durable ? 'yes' : 'no'}`,
    ...(of.evictAt === undefined
      ? ['maxmemory-policy noeviction']
      : [`maxmemory ${of.evictAt}`, 'maxmemory-policy allkeys-lru']),
  ].join('\n');
}

/**
 * Finds Redis (or Valkey) on the PATH, or installs it with apt where this user may.
 *
 * @throws {SetupError} naming what to install
 */
export function redisProgram(): string {
  const find = () => onPath('redis-server') ?? onPath('valkey-server');
  const program = find() ?? (installWithApt() ? find() : undefined);
  if (program === undefined) {
    throw new SetupError(
      'Redis is missing. Install redis-server (or valkey-server) with your package manager, or set REDIS_URL.',
    );
  }
  return program;
}

function onPath(name: string): string | undefined {
  // apt installs to /usr/bin, which may be missing from the PATH of a service.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installWithApt(): boolean {
  if (onPath('apt-get') === undefined) return false;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (asRoot.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  process.stderr.write('Installing redis-server with apt…\n');
  // RUNLEVEL keeps the package from starting a system-wide Redis on the default port.
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get'];
  const run = (...args: string[]) =>
    spawnSync(apt[0]!, [...apt.slice(1), ...args], { stdio: ['ignore', 2, 2] }).status === 0;
  const install = () => run('install', '-y', '-qq', '--no-install-recommends', 'redis-server');
  return install() || (run('update', '-qq') && install());
}

/** Connects and pings once. @throws when that fails */
export async function pingRedis(url: string): Promise<void> {
  const client = await connectOnce(url);
  try {
    await client.ping();
  } finally {
    client.disconnect();
  }
}

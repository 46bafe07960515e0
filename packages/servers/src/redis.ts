import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import type { Guard } from './guard.ts';
import { endLeftover, type RunningServer, startServer } from './server-process.ts';
import { SetupError } from './setup-error.ts';

export interface RedisOptions {
  folder: string;
  /** Whether what it holds survives a restart. */
  durable: boolean;
  guard: Guard;
}

/**
 * Starts Redis on a free port of 127.0.0.1 under a password of its own.
 *
 * @throws {SetupError} when there is no Redis and none can be installed, or it does not come up.
 */
export async function startRedis({ folder, durable, guard }: RedisOptions): Promise<RunningServer> {
  const program = redisProgram();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const recordFile = join(folder, 'server.json');
  await endLeftover(recordFile);
  const password = randomBytes(18).toString('base64url');
  return startServer({
    name: 'Redis',
    // Given on standard input, so that the list of processes does not show the password.
    command: (port) => ({ program, args: ['-'], input: configuration({ port, folder, durable, password }) }),
    url: (port) => `redis://:${password}@127.0.0.1:${port}`,
    ping,
    account: undefined,
    cwd: folder,
    logFile: join(folder, 'redis.log'),
    recordFile,
    guard,
  });
}

function configuration(of: { port: number; folder: string; durable: boolean; password: string }): string {
  return [
    `port ${of.port}`,
    'bind 127.0.0.1',
    `requirepass ${of.password}`,
    `dir "${of.folder}"`,
    'save ""',
    `appendonly ${of.durable ? 'yes' : 'no'}`,
    'maxmemory-policy noeviction',
  ].join('\n');
}

/**
 * The Redis (or Valkey) on the PATH; where there is none it is installed with apt if this user may do that.
 *
 * @throws {SetupError} saying what to install.
 */
export function redisProgram(): string {
  const find = () => onPath('redis-server') ?? onPath('valkey-server');
  const program = find() ?? (installWithApt() ? find() : undefined);
  if (program === undefined) {
    throw new SetupError(
      'Redis is missing: install redis-server (or valkey-server) with your package manager, or set REDIS_URL to one.',
    );
  }
  return program;
}

function onPath(name: string): string | undefined {
  // apt installs to /usr/bin, which the PATH of a service may lack.
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
  // RUNLEVEL keeps the package from starting a system-wide Redis on its usual port.
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get'];
  const run = (...args: string[]) =>
    spawnSync(apt[0]!, [...apt.slice(1), ...args], { stdio: ['ignore', 2, 2] }).status === 0;
  const install = () => run('install', '-y', '-qq', '--no-install-recommends', 'redis-server');
  return install() || (run('update', '-qq') && install());
}

async function ping(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Account, postgresAccount, privateFolder } from './account.ts';
import type { Reaper } from './reaper.ts';
import { stopProcess, identify } from './process-identity.ts';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { stopLeftover, type RunningServer, startServer } from './server-process.ts';
import { SetupError } from './setup-error.ts';

const MAJOR = '18';
const SUPERUSER = 'marquee';

export interface PostgresOptions {
  /** The folders to keep the data in, by preference; the first that Postgres can use is taken. */
  folders: string[];
  /** A free one by default. */
  port?: number;
  /** Further server settings. */
  settings?: Record<string, string>;
  reaper: Reaper;
}

export interface RunningPostgres extends RunningServer {
  /** The one of `folders` in use. */
  folder: string;
}

/**
 * Starts Postgres on 127.0.0.1, and initialises its data folder first if there is none. `url` names the
 * `postgres` database and holds a generated password, because other users of the machine can reach the port too.
 *
 * @throws {SetupError} when the data is another version's, or the server does not start
 */
export async function startPostgres({
  folders,
  port,
  settings = {},
  reaper,
}: PostgresOptions): Promise<RunningPostgres> {
  const account = postgresAccount();
  const folder = privateFolder(folders, account);
  const data = join(folder, 'data');
  const recordFile = join(folder, 'server.json');
  await stopLeftover(recordFile);
  const binaries = postgresBinaries(account, folder);
  const password = initialise(folder, binaries, account);
  checkVersion(data);
  await clearStaleLock(data);
  const server = await startServer({
    name: 'Postgres',
    ...(port !== undefined && { port }),
    command: (chosen) => ({
      program: binaries.postgres,
      args: ['-D', data, ...settingArgs({ ...settings, port: `${chosen}` })],
    }),
    url: (chosen) => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${chosen}/postgres`,
    ping,
    account,
    cwd: folder,
    logFile: join(folder, 'postgres.log'),
    recordFile,
    reaper,
  });
  return { ...server, folder };
}

function settingArgs(settings: Record<string, string>): string[] {
  // No Unix socket: nothing uses it, and a killed server would leave it behind.
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Initialises the data folder under another name and renames it, so that an interrupted initdb is repeated. */
function initialise(folder: string, { initdb }: PostgresBinaries, account: Account | undefined): string {
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  if (existsSync(data)) return readFileSync(passwordFile, 'utf8').trim();
  const partial = `${data}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) for (const own of [partial, passwordFile]) chownSync(own, account.uid, account.gid);
  const options = ['-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  // Iterations protect guessable passwords; with a random one they would only slow each connection down.
  const args = ['-D', partial, ...options, ...locale, '--set=scram_iterations=1', '--no-sync', '--no-instructions'];
  const { status, error, stderr } = spawnSync(initdb, args, { ...account, cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new SetupError(`Postgres could not make its data folder:\n${error?.message ?? stderr}`);
  renameSync(partial, data);
  return password;
}

function checkVersion(data: string): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found !== MAJOR) {
    throw new SetupError(
      `The data was written by Postgres ${found} and cannot be read by Postgres ${MAJOR}. Delete it with npm run reset.`,
    );
  }
}

/**
 * Removes a stale lock file. Postgres refuses to start when the pid in it is in use, which after a crash or in a new
 * container may be any program. A Postgres that does run on this data is stopped first.
 */
async function clearStaleLock(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const identity = identify(Number(readFileSync(lock, 'utf8').split('\n', 1)[0]));
  if (identity && process.platform !== 'linux') return;
  if (identity && workingFolder(identity.pid) === data) await stopProcess(identity, 'SIGINT', 15_000);
  rmSync(lock, { force: true });
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // The process of another user.
    return undefined;
  }
}

async function ping(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // Without a listener, an error of a closing connection would crash the process.
  client.on('error', () => {});
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}

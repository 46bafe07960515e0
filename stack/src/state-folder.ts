import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from '@marquee/servers';
import { redisFolderIn } from '@marquee/servers/state-path';

/** The names of our folders outside the checkout: nothing else there is ever deleted. */
const SYSTEM_FOLDER = /^\/var\/(lib|tmp)\/marquee-[0-9a-f]{12}$/;

/** The files that the stack creates in its folder; MARQUEE_FOLDER may hold other files too. */
const STACK_FILES =
  /^(lock(\.[\w.]+)?|postgres|postgres-folder|postgres-url|redis|redis-cache|subgraphs|services|service-keys|stack\.log|secrets\.json|\.writable)(\.new)?$/;
/** The names under which an existing folder may have a secret. Data that it encrypted or signed needs the same one. */
const FORMER_NAMES: Readonly<Record<string, string>> = {
  ACCOUNTS_ENCRYPTION_KEY: 'accounts-encryption',
  BOOKING_TICKET_SECRET: 'tickets',
  PAYMENTS_PROVIDER_API_KEY: 'provider-api-key',
  PAYMENTS_PROVIDER_WEBHOOK_SECRET: 'provider-webhooks',
};
/** The mode bit of shared folders such as /tmp. */
const STICKY_BIT = 0o1000;

/** The folder of the services' keys in a state folder. */
export function serviceKeysFolderIn(path: string): string {
  return join(path, 'service-keys');
}

/** The data that the stack keeps between two starts. */
export interface StateFolder {
  path: string;
  lockFile: string;
  /** The folders in which Postgres may keep its data, by preference. */
  postgresFolders: string[];
  redisFolder: string;
  redisCacheFolder: string;
  /** Logs and pid records of services that run as separate processes. */
  servicesFolder: string;
  /** The keys with which services that run as separate processes know each other. */
  serviceKeysFolder: string;
  logFile: string;
  /** Where a subgraph keeps what it has on disk. */
  folderOf(subgraph: string): string;
  /** Records a Postgres folder outside this one, so that later starts find the data and a reset deletes it. */
  recordPostgresFolder(folder: string): void;
  /** A random secret of 32 bytes in base64url, the same at each start. */
  secret(name: string): string;
  /** Deletes the stack's files, and nothing else. */
  clear(): void;
}

/**
 * Opens or creates the folder.
 *
 * @throws {SetupError} when it belongs to another user, or is shared
 */
export function openStateFolder(path: string): StateFolder {
  const note = join(path, 'postgres-folder');
  const secretsFile = join(path, 'secrets.json');
  if (((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & STICKY_BIT) !== 0) {
    throw new SetupError(`${path} is shared by all users. Set MARQUEE_FOLDER to a folder of your own.`);
  }
  try {
    // For root, Postgres runs as another user, who must be able to enter the folder; secret files have their own mode.
    mkdirSync(path, { recursive: true });
    chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    writeAtomically(join(path, '.writable'), '');
    rmSync(join(path, '.writable'));
  } catch (error) {
    throw new SetupError(
      `${path} is not writable. If another user started the stack, set MARQUEE_FOLDER to your own.`,
      {
        cause: error,
      },
    );
  }
  const elsewhere = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  return {
    path,
    lockFile: join(path, 'lock'),
    postgresFolders: elsewhere === undefined ? [join(path, 'postgres'), ...systemFolders(path)] : [elsewhere],
    redisFolder: redisFolderIn(path),
    redisCacheFolder: join(path, 'redis-cache'),
    servicesFolder: join(path, 'services'),
    serviceKeysFolder: serviceKeysFolderIn(path),
    logFile: join(path, 'stack.log'),
    folderOf: (subgraph) => join(path, 'subgraphs', subgraph),
    recordPostgresFolder: (folder) => {
      if (dirname(folder) !== path) writeAtomically(note, `${folder}\n`);
    },
    secret: (name) => secretNamed(secretsFile, name),
    clear: () => {
      if (elsewhere !== undefined && SYSTEM_FOLDER.test(elsewhere)) rmSync(elsewhere, { recursive: true, force: true });
      for (const name of readdirSync(path)) {
        if (STACK_FILES.test(name)) rmSync(join(path, name), { recursive: true, force: true });
      }
      if (readdirSync(path).length === 0) rmdirSync(path);
    },
  };
}

/** Folders for root's Postgres, whose account may be unable to enter the checkout. Only root can write to the first. */
function systemFolders(path: string): string[] {
  if (process.getuid?.() !== 0) return [];
  const name = `marquee-${createHash('sha256').update(dirname(path)).digest('hex').slice(0, 12)}`;
  return [`/var/lib/${name}`, `/var/tmp/${name}`];
}

/** Secrets by name: the environment's where it has one, so that all who share it read the same; else the folder's. */
export function secretFrom(environment: NodeJS.ProcessEnv, { secret }: Pick<StateFolder, 'secret'>) {
  return (name: string): string => environment[name] || secret(name);
}

function secretNamed(file: string, name: string): string {
  const secrets = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  const known = secrets[name] ?? secrets[FORMER_NAMES[name] ?? ''];
  if (known !== undefined) return known;
  const made = randomBytes(32).toString('base64url');
  writeAtomically(file, JSON.stringify({ ...secrets, [name]: made }, undefined, 2));
  return made;
}

function writeAtomically(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

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

/** What a system folder of ours is called: nothing else is ever deleted outside the checkout. */
const SYSTEM_FOLDER = /^\/var\/(lib|tmp)\/marquee-[0-9a-f]{12}$/;

/** What the stack makes in its folder: MARQUEE_FOLDER may name one that holds other things too. */
const OURS = /^(lock(\.[\w.]+)?|postgres|postgres-folder|redis|services|stack\.log|secrets\.json|\.writable)(\.new)?$/;
/** The sticky bit: of folders such as /tmp, where everybody puts things. */
const SHARED = 0o1000;

/** Everything that the stack keeps between two starts. */
export interface StateFolder {
  path: string;
  lockFile: string;
  /** Where Postgres may keep its data, best first. */
  postgresFolders: string[];
  redisFolder: string;
  /** Logs and records of the services that run as processes of their own. */
  servicesFolder: string;
  logFile: string;
  /** Notes a Postgres folder outside this one, so that later starts find the data and a reset deletes it. */
  rememberPostgres(folder: string): void;
  /** A random secret of 32 bytes in base64url, the same at each start. */
  secret(name: string): string;
  /** Deletes all of it, and nothing else that lies there. */
  clear(): void;
}

/**
 * Opens the folder, making it first when missing.
 *
 * @throws {SetupError} when it belongs to somebody else, or to everybody.
 */
export function openStateFolder(path: string): StateFolder {
  const note = join(path, 'postgres-folder');
  const secretsFile = join(path, 'secrets.json');
  if (((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & SHARED) !== 0) {
    throw new SetupError(`${path} is a folder that everybody shares: name one of its own with MARQUEE_FOLDER.`);
  }
  try {
    // Root's Postgres runs as another user, who has to pass through; what is secret has its own mode.
    mkdirSync(path, { recursive: true });
    chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    writeAtomically(join(path, '.writable'), '');
    rmSync(join(path, '.writable'));
  } catch (error) {
    throw new SetupError(`${path} cannot be written to: was the stack started by another user before?`, {
      cause: error,
    });
  }
  const elsewhere = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  return {
    path,
    lockFile: join(path, 'lock'),
    postgresFolders: elsewhere === undefined ? [join(path, 'postgres'), ...systemFolders(path)] : [elsewhere],
    redisFolder: redisFolderIn(path),
    servicesFolder: join(path, 'services'),
    logFile: join(path, 'stack.log'),
    rememberPostgres: (folder) => {
      if (dirname(folder) !== path) writeAtomically(note, `${folder}\n`);
    },
    secret: (name) => secretNamed(secretsFile, name),
    clear: () => {
      if (elsewhere !== undefined && SYSTEM_FOLDER.test(elsewhere)) rmSync(elsewhere, { recursive: true, force: true });
      for (const name of readdirSync(path)) {
        if (OURS.test(name)) rmSync(join(path, name), { recursive: true, force: true });
      }
      if (readdirSync(path).length === 0) rmdirSync(path);
    },
  };
}

/** For root's Postgres when its stand-in user cannot get into the checkout; only root can plant anything in the first. */
function systemFolders(path: string): string[] {
  if (process.getuid?.() !== 0) return [];
  const name = `marquee-${createHash('sha256').update(dirname(path)).digest('hex').slice(0, 12)}`;
  return [`/var/lib/${name}`, `/var/tmp/${name}`];
}

function secretNamed(file: string, name: string): string {
  const secrets = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  const known = secrets[name];
  if (known !== undefined) return known;
  const made = randomBytes(32).toString('base64url');
  writeAtomically(file, JSON.stringify({ ...secrets, [name]: made }, undefined, 2));
  return made;
}

function writeAtomically(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupError } from './setup-error.ts';

/** A user of this machine, as the kernel knows it. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Whom Postgres runs as. An ordinary user runs it themselves (undefined); it refuses to run as root, so root lends it
 * an unprivileged account that exists on every system: none has to be made.
 *
 * @throws {SetupError} when root can become none of them (a container without the capability to change users).
 */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const account = accountNamed(name);
    if (account && spawnSync('true', [], { ...account, cwd: '/' }).status === 0) return account;
  }
  throw new SetupError('Postgres does not run as root, and none of the users postgres, nobody and daemon can be used.');
}

function accountNamed(name: string): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || 0),
  );
  return uid && gid ? { uid, gid } : undefined;
}

/**
 * The first of the folders which the account can get into, made if it is missing. It stays ours, and the account only
 * passes through: what Postgres runs as must not put a link where we write as root, nor name the processes that we end.
 * A home directory closed to other users puts everything below it out of the stand-in user's reach, whatever the
 * folder's own mode: so it is tried out rather than computed.
 *
 * @throws {SetupError} when it can reach none.
 */
export function privateFolder(candidates: string[], account: Account | undefined): string {
  const reasons: string[] = [];
  for (const folder of candidates) {
    try {
      mkdirSync(dirname(folder), { recursive: true, mode: 0o711 });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      claim(folder, account);
      chmodSync(folder, account ? 0o711 : 0o700);
      accessSync(folder, constants.W_OK);
      if (canReach(folder, account)) return folder;
      reasons.push(`${folder}: not reachable`);
    } catch (error) {
      reasons.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new SetupError(`No folder for Postgres to keep its data in:\n  ${reasons.join('\n  ')}`);
}

/** A folder that somebody else planted under a known name is not ours to use. */
function claim(folder: string, account: Account | undefined): void {
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw new Error('is not a folder');
  const me = process.getuid?.();
  if (me === undefined || found.uid === me) return;
  // Stacks of before gave the whole folder to the account. Where others may put folders, it may be anybody's.
  if (found.uid !== account?.uid || !isOursAlone(dirname(folder))) throw new Error('belongs to another user');
  chownSync(folder, 0, 0);
}

function isOursAlone(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

/** Whether the account gets into the folder. */
function canReach(folder: string, account: Account | undefined): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' }).status === 0;
}

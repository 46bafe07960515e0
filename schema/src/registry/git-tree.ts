import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { inputError, RegistryError } from '../finding.ts';

/** The files of a commit. */
export interface GitTree {
  /** The given name of the commit, such as `origin/main`. */
  readonly name: string;
  read(file: string): string | undefined;
  /** The files directly in the folder. */
  readonly names: readonly string[];
}

/**
 * The files of a commit below a folder.
 *
 * @param ref - any git revision
 * @throws {RegistryError} when git does not know it
 */
export function gitTree(root: string, ref: string, folder: string): GitTree {
  // Reject names that look like options, because older versions of git lack `--end-of-options`.
  if (ref.startsWith('-') || ref.includes(':')) throw inputError(`--base ${ref} names no commit.`);
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });
  let commit: string;
  try {
    commit = git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).trim();
  } catch {
    throw inputError(`--base ${ref} names no commit here.`, undefined, 'In CI, fetch it first: git fetch origin main.');
  }
  const files = new Set(git('ls-tree', '-r', '--name-only', '-z', '--full-tree', commit, folder).split('\0'));
  return {
    name: ref,
    read: (file) => (files.has(file) ? git('show', `${commit}:${file}`) : undefined),
    names: [...files].filter((file) => file.startsWith(`${folder}/`)).map((file) => file.slice(folder.length + 1)),
  };
}

/** The files of the last commit below a folder; undefined where there is none. */
export function lastCommit(root: string, folder: string): GitTree | undefined {
  if (!existsSync(join(root, '.git'))) return undefined;
  try {
    return gitTree(root, 'HEAD', folder);
  } catch (error) {
    if (error instanceof RegistryError) return undefined;
    throw error;
  }
}

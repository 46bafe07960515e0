import { execFileSync } from 'node:child_process';

import { inputError } from '../finding.ts';

/** The files of a commit. */
export interface GitTree {
  /** The commit as it was asked for, such as `origin/main`. */
  readonly name: string;
  read(file: string): string | undefined;
}

/**
 * The files of a commit below a folder.
 *
 * @param ref - any name git knows the commit by
 * @throws {RegistryError} when git does not know it
 */
export function gitTree(root: string, ref: string, folder: string): GitTree {
  // `--end-of-options` is not understood by every git in use: a name that looks like an option is no commit.
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
  };
}

import { execFileSync } from 'node:child_process';

import { inputError } from '../finding.ts';

/** The files of a commit. */
export interface GitTree {
  /** The given name of the commit, such as `origin/main`. */
  readonly name: string;
  read(file: string): string | undefined;
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
  };
}

import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

export interface RepositoryCopy {
  readonly root: string;
  /** The files that git has or would add, by their path from the root. */
  readonly files: readonly string[];
}

/**
 * A copy of this repository, with hard links to the files of what is installed. Links to workspaces lead into the copy.
 */
export function copyRepository(): RepositoryCopy {
  const root = mkdtempSync(join(tmpdir(), 'marquee-copy-'));
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: REPOSITORY, encoding: 'utf8' });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(REPOSITORY, file)));
  for (const file of files) cpSync(join(REPOSITORY, file), join(root, file), { verbatimSymlinks: true });
  for (const file of files.filter((name) => /^(?!bench\/)(.*\/)?package\.json$/.test(name))) {
    const installed = join(dirname(file), 'node_modules');
    if (existsSync(join(REPOSITORY, installed))) linkInstalled(join(REPOSITORY, installed), join(root, installed));
  }
  return { root, files };
}

/** Entries that begin with a dot are npm's own list or caches that somebody writes to. */
function linkInstalled(from: string, to: string): void {
  const names = readdirSync(from).filter((name) => !name.startsWith('.') || name === '.bin');
  mkdirSync(to);
  for (const name of names) linkTree(join(from, name), join(to, name));
  const list = '.package-lock.json';
  if (existsSync(join(from, list))) copyFileSync(join(from, list), join(to, list));
}

function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkFile(source, target);
  }
}

/** Copies where the temporary folder is on another file system. */
function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

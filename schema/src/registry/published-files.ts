import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { GitTree } from './git-tree.ts';

export const PUBLISHED_FOLDER = 'schema/published';
export const PUBLISHED_MANIFEST = `${PUBLISHED_FOLDER}/manifest.json`;
export const PUBLISHED_OPERATIONS = `${PUBLISHED_FOLDER}/operations.json`;

export function publishedFile(subgraph: string): string {
  return `${PUBLISHED_FOLDER}/${subgraph}.graphql`;
}

/** The published files of the working tree. */
export function publishedHere(root: string): Omit<GitTree, 'name'> {
  const folder = join(root, PUBLISHED_FOLDER);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return { names, read: (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined) };
}

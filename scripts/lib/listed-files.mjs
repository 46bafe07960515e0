import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The file of a folder that lists its files. */
export const LIST = 'files.json';

/** Removes files that the list does not have: a build that turbo takes from its cache leaves those of another one. */
export function removeUnlisted(folder) {
  const listed = new Set([LIST, ...JSON.parse(readFileSync(join(folder, LIST), 'utf8'))]);
  for (const file of readdirSync(folder)) if (!listed.has(file)) rmSync(join(folder, file), { force: true });
}

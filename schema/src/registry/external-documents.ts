import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { inputError } from '../finding.ts';
import { type ClientFile, isDocument } from './client-files.ts';

/**
 * The documents of a client of another repository: a file, or the `.graphql` and `.gql` files at any depth of a folder,
 * in which other files may lie, such as source code.
 *
 * @param path - relative to `cwd`; findings name it as given
 * @throws {RegistryError} when it cannot be read
 */
export function externalDocuments(client: string, path: string, cwd: string): ClientFile[] {
  try {
    const at = { client, path: resolve(cwd, path), file: path };
    return statSync(at.path).isDirectory() ? documentsIn(at) : [at];
  } catch (error) {
    throw inputError(`--operations ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function documentsIn({ client, path, file }: ClientFile): ClientFile[] {
  const entries = readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry): ClientFile[] => {
    const at = { client, path: join(path, entry.name), file: join(file, entry.name) };
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : documentsIn(at);
    return isDocument(entry) ? [at] : [];
  });
}

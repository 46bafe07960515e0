import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Finding } from '../finding.ts';

export const CLIENTS_FOLDER = 'schema/clients';
export const OPERATIONS_MANIFEST = `${CLIENTS_FOLDER}/manifest.json`;

/** A document of a client. */
export interface ClientFile {
  readonly client: string;
  readonly path: string;
  /** The path for findings, relative to the repository's root. */
  readonly file: string;
}

/** The documents of all clients, and what is not one. */
export interface ClientFiles {
  readonly files: readonly ClientFile[];
  readonly problems: readonly Finding[];
}

/** Finds `.graphql` and `.gql` files at any depth of a client's folder; other files, except notes, are refused. */
export function clientFiles(folder: string): ClientFiles {
  if (!existsSync(folder)) return { files: [], problems: [] };
  const found = entriesOf(folder).map((entry) =>
    entry.isDirectory()
      ? filesIn(entry.name, join(folder, entry.name), `${CLIENTS_FOLDER}/${entry.name}`)
      : outsideOfClients(entry),
  );
  return { files: found.flatMap(({ files }) => files), problems: found.flatMap(({ problems }) => problems) };
}

function filesIn(client: string, path: string, file: string): ClientFiles {
  const found = entriesOf(path).map((entry): ClientFiles => {
    const at = { client, path: join(path, entry.name), file: `${file}/${entry.name}` };
    if (entry.isDirectory()) return filesIn(client, at.path, at.file);
    if (isDocument(entry)) return { files: [at], problems: [] };
    if (isNote(entry)) return { files: [], problems: [] };
    return {
      files: [],
      problems: [refused(at.file, 'is no document: a file of operations ends in .graphql or .gql.')],
    };
  });
  return { files: found.flatMap(({ files }) => files), problems: found.flatMap(({ problems }) => problems) };
}

export function isDocument(entry: Dirent): boolean {
  return entry.isFile() && /\.(graphql|gql)$/.test(entry.name);
}

function outsideOfClients(entry: Dirent): ClientFiles {
  const file = `${CLIENTS_FOLDER}/${entry.name}`;
  if (file === OPERATIONS_MANIFEST || isNote(entry)) return { files: [], problems: [] };
  return { files: [], problems: [refused(file, 'is in no folder of a client.')] };
}

/** A README or a file of an editor. */
function isNote({ name }: Dirent): boolean {
  return name.endsWith('.md') || name.startsWith('.');
}

function refused(file: string, why: string): Finding {
  return {
    class: 'drift',
    rule: 'drift/operation-file',
    severity: 'error',
    message: `${file} ${why}`,
    help: `Move its operations to ${CLIENTS_FOLDER}/<client>/<any name>.graphql, or remove it.`,
    location: { file, line: 1, column: 1 },
  };
}

function entriesOf(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

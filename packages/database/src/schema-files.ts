import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A file of Prisma's schema language as read from disk. */
export interface SchemaFile {
  path: string;
  content: string;
}

/**
 * The files that describe a domain's tables: its schema.prisma first, then each file that it names in a line
 * `// include <path>`, such as the tables that a package needs in the database of whoever uses it. Prisma knows no
 * includes: it takes one file or one folder.
 */
export async function readSchemaFiles(folder: string): Promise<SchemaFile[]> {
  const schema = await readSchemaFile(path.join(folder, 'schema.prisma'));
  const included = [...schema.content.matchAll(/^\/\/ include (\S+)$/gm)].map(([, file]) => file ?? '');
  return [schema, ...(await Promise.all(included.map((file) => readSchemaFile(path.resolve(folder, file)))))];
}

async function readSchemaFile(file: string): Promise<SchemaFile> {
  return { path: file, content: await readFile(file, 'utf8') };
}

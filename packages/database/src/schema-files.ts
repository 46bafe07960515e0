import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A Prisma schema file. */
export interface SchemaFile {
  path: string;
  content: string;
}

/**
 * Reads a domain's schema.prisma, then each file that it names in a line `// include <path>`: the tables that a package
 * needs in the databases of its users. Prisma itself has no includes.
 */
export async function readSchemaFiles(folder: string): Promise<SchemaFile[]> {
  const schema = await readSchemaFile(path.join(folder, 'schema.prisma'));
  const included = [...schema.content.matchAll(/^\/\/ include (\S+)$/gm)].map(([, file]) => file ?? '');
  return [schema, ...(await Promise.all(included.map((file) => readSchemaFile(path.resolve(folder, file)))))];
}

async function readSchemaFile(file: string): Promise<SchemaFile> {
  return { path: file, content: await readFile(file, 'utf8') };
}

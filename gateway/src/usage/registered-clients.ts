import { readdir } from 'node:fs/promises';

/** The clients of `<folder>/<client>/*.graphql`. */
export async function registeredClients(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

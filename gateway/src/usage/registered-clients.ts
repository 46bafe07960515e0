import { readOperationsManifest } from '../protection/operations-manifest.ts';

/** The clients that a manifest of persisted operations names. */
export async function registeredClients(file: string): Promise<string[]> {
  const names = (await readOperationsManifest(file)).map(({ clientName }) => clientName);
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

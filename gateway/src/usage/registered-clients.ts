import { readOperationsManifest } from '../protection/operations-manifest.ts';

/** The client names in a manifest of registered operations. */
export async function registeredClients(file: string): Promise<string[]> {
  const names = (await readOperationsManifest(file)).map(({ clientName }) => clientName);
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

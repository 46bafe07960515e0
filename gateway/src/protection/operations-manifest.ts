import { readFile } from 'node:fs/promises';
import { sha256 } from './persisted-queries.ts';

/** An operation of a manifest. */
export interface PersistedOperation {
  /** The SHA-256 of the body. */
  readonly id: string;
  readonly clientName?: string | null;
  readonly body: string;
}

/**
 * Reads a persisted-query manifest in Apollo's format, which the schema registry writes.
 *
 * @throws when the file is not a manifest, or an operation's id is not the SHA-256 of its body
 */
export async function readOperationsManifest(file: string): Promise<readonly PersistedOperation[]> {
  const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isManifest(manifest)) throw new Error(`${file} is not a persisted-query manifest.`);
  const altered = manifest.operations.find(({ id, body }) => id !== sha256(body));
  if (altered) throw new Error(`${file}: the id of operation ${altered.id} does not match its body.`);
  return manifest.operations;
}

function isManifest(value: unknown): value is { readonly operations: readonly PersistedOperation[] } {
  const { format, version, operations } = (value ?? {}) as Record<string, unknown>;
  if (format !== 'apollo-persisted-query-manifest' || version !== 1 || !Array.isArray(operations)) return false;
  return operations.every(
    (operation: Partial<Record<string, unknown>> | null) =>
      typeof operation?.['id'] === 'string' && typeof operation['body'] === 'string',
  );
}

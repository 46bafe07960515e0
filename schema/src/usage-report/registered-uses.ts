import { operationUsage } from '@marquee/schema-usage';
import { type GraphQLSchema, validate } from 'graphql';

import { readOperations } from '../registry/operations.ts';

/**
 * Which clients registered an operation that names a coordinate, by coordinate. Invalid operations are skipped;
 * `schema:check` reports them.
 *
 * @param folder - has a folder for each client
 */
export function registeredUses(schema: GraphQLSchema, folder: string): Map<string, Set<string>> {
  const uses = new Map<string, Set<string>>();
  for (const { client, name, document } of readOperations(folder).registered) {
    if (validate(schema, document).length > 0) continue;
    for (const coordinate of operationUsage(schema, document, name || null)?.coordinates ?? []) {
      uses.set(coordinate, (uses.get(coordinate) ?? new Set()).add(client));
    }
  }
  return uses;
}

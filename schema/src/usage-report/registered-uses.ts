import { operationUsage } from '@marquee/schema-usage';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLSchema, Kind, parse, validate } from 'graphql';

/**
 * Which clients registered an operation that names a coordinate, by coordinate, from `<folder>/<client>/*.graphql`.
 * Invalid operations are skipped; `schema:check` reports them.
 */
export function registeredUses(schema: GraphQLSchema, folder: string): Map<string, Set<string>> {
  const uses = new Map<string, Set<string>>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const file of readdirSync(join(folder, entry.name))) {
      if (!file.endsWith('.graphql')) continue;
      for (const coordinate of coordinatesIn(schema, readFileSync(join(folder, entry.name, file), 'utf8'))) {
        uses.set(coordinate, (uses.get(coordinate) ?? new Set()).add(entry.name));
      }
    }
  }
  return uses;
}

function coordinatesIn(schema: GraphQLSchema, text: string): string[] {
  const document = parse(text);
  if (validate(schema, document).length > 0) return [];
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? (operationUsage(schema, document, definition.name?.value ?? null)?.coordinates ?? [])
      : [],
  );
}

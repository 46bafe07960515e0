import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLSchema, validate } from 'graphql';

import type { Composed } from '../composition.ts';
import type { Finding } from '../finding.ts';
import { locationOf } from '../registry/locations.ts';
import { OPERATIONS_MANIFEST } from '../registry/client-files.ts';
import type { RegisteredOperation } from '../registry/operations.ts';
import { operationsManifest } from '../registry/operations-manifest.ts';

/** The generated files of `schema:compose`, by their path from the root. */
export function generatedFiles(
  composed: Composed | undefined,
  operations: readonly RegisteredOperation[],
): ReadonlyMap<string, string> {
  return new Map([
    ...(composed
      ? ([
          ['schema/supergraph.graphql', composed.supergraph],
          ['schema/api.graphql', composed.api],
        ] as const)
      : []),
    [OPERATIONS_MANIFEST, operationsManifest(operations)],
  ]);
}

/** Finds generated files that are out of date. */
export function staleFiles(root: string, files: ReadonlyMap<string, string>): Finding[] {
  return [...files].flatMap(([file, text]): Finding[] => {
    const path = join(root, file);
    const found = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    if (found === text) return [];
    return [
      {
        class: 'drift',
        rule: 'drift/generated-file',
        severity: 'error',
        message: `${file} is ${found === undefined ? 'missing' : 'not up to date'}.`,
        help: 'Run npm run schema:compose and commit the result.',
        location: { file, line: firstDifference(found ?? '', text), column: 1 },
      },
    ];
  });
}

/** Finds registered operations that are invalid against the public schema; for excluded clients as a warning. */
export function invalidOperations(
  api: GraphQLSchema,
  operations: readonly RegisteredOperation[],
  excludedClients: readonly string[],
): Finding[] {
  return operations.flatMap(({ client, name, document, definition }) =>
    validate(api, document).map((error): Finding => {
      const location = locationOf(error.nodes?.[0]) ?? locationOf(definition);
      return {
        class: 'drift',
        rule: 'drift/operation-invalid',
        severity: excludedClients.includes(client) ? 'warning' : 'error',
        message: `${name} of ${client} is not valid: ${error.message}`,
        help: 'Change the operation or the schema.',
        ...(location ? { location } : {}),
      };
    }),
  );
}

function firstDifference(found: string, wanted: string): number {
  const wantedLines = wanted.split('\n');
  const index = found.split('\n').findIndex((line, at) => line !== wantedLines[at]);
  return Math.max(index, 0) + 1;
}

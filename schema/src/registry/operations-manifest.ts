import { print } from 'graphql';

import type { RegisteredOperation } from './operations.ts';
import { sha256 } from './sha256.ts';

/** The printed document by which a client sends an operation, and its SHA-256. */
export function persisted({ document }: Pick<RegisteredOperation, 'document'>): { id: string; body: string } {
  const body = print(document);
  return { id: sha256(body), body };
}

/**
 * The persisted-operation manifest in Apollo's format, for client tooling and the gateway's safelist. An operation's id
 * is the SHA-256 of its body.
 */
export function operationsManifest(operations: readonly RegisteredOperation[]): string {
  const entries = operations
    .map((operation) => {
      const { client, name, definition } = operation;
      const { id, body } = persisted(operation);
      return { id, clientName: client, name, type: definition.operation, body };
    })
    .toSorted((a, b) => compare(a.clientName, b.clientName) || compare(a.name, b.name) || compare(a.id, b.id));
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: entries }, null, 2)}\n`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind, type OperationDefinitionNode, print, separateOperations } from 'graphql';

import type { Finding } from '../finding.ts';
import { locationOf } from './locations.ts';
import { sha256 } from './published.ts';
import { parseSdl } from './sources.ts';

const CLIENTS_FOLDER = 'schema/clients';
export const OPERATIONS_MANIFEST = `${CLIENTS_FOLDER}/manifest.json`;

/** An operation that a client registered. */
export interface RegisteredOperation {
  readonly client: string;
  readonly name: string;
  /** The operation with the fragments it uses. */
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

/** The operations registered by clients. */
export interface Operations {
  readonly registered: readonly RegisteredOperation[];
  /** Findings about invalid documents and ambiguous operations. */
  readonly problems: readonly Finding[];
}

/** Reads `schema/clients/<client>/*.graphql`: a file holds any number of operations and the fragments they use. */
export function readOperations(root: string): Operations {
  const registered: RegisteredOperation[] = [];
  const problems: Finding[] = [];
  for (const { client, file } of documentFiles(root)) {
    const document = parseSdl(file, readFileSync(join(root, file), 'utf8'));
    if ('class' in document) problems.push(document);
    else registered.push(...operationsOf(client, document));
  }
  const seen = new Set<string>();
  for (const { client, name, definition } of registered) {
    const key = `${client} ${name}`;
    if (name === '') problems.push(nameProblem(`An operation of ${client} has no name.`, definition));
    else if (seen.has(key)) problems.push(nameProblem(`${client} registers ${name} twice.`, definition));
    seen.add(key);
  }
  return { registered, problems };
}

/**
 * The persisted-operation manifest in Apollo's format, for client tooling and the gateway's safelist. An operation's id
 * is the SHA-256 of its body.
 */
export function operationsManifest(operations: readonly RegisteredOperation[]): string {
  const entries = operations
    .map(({ client, name, document, definition }) => {
      const body = print(document);
      return { id: sha256(body), clientName: client, name, type: definition.operation, body };
    })
    .toSorted((a, b) => compare(a.clientName, b.clientName) || compare(a.name, b.name));
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: entries }, null, 2)}\n`;
}

function documentFiles(root: string): { client: string; file: string }[] {
  const folder = join(root, CLIENTS_FOLDER);
  if (!existsSync(folder)) return [];
  const clients = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return clients
    .flatMap(({ name: client }) =>
      readdirSync(join(folder, client))
        .filter((name) => name.endsWith('.graphql'))
        .map((name) => ({ client, file: `${CLIENTS_FOLDER}/${client}/${name}` })),
    )
    .toSorted((a, b) => compare(a.file, b.file));
}

function operationsOf(client: string, document: DocumentNode): RegisteredOperation[] {
  return Object.entries(separateOperations(document)).flatMap(([name, separated]) => {
    const definition = separated.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    return definition ? [{ client, name, document: separated, definition }] : [];
  });
}

function nameProblem(message: string, definition: OperationDefinitionNode): Finding {
  const location = locationOf(definition);
  return {
    class: 'drift',
    rule: 'drift/operation-name',
    severity: 'error',
    message,
    help: 'Give it a unique name: usage and the manifest identify an operation by client and name.',
    ...(location ? { location } : {}),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

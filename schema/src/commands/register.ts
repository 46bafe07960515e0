import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, print } from 'graphql';

import { apiSchema } from '../checks/parsed.ts';
import { invalidOperations } from '../checks/drift.ts';
import { deprecatedUses } from '../checks/operations.ts';
import { bySeverity, type Report } from '../checks/report.ts';
import { exitCode, inputError } from '../finding.ts';
import { clientFiles, CLIENTS_FOLDER } from '../registry/client-files.ts';
import { externalDocuments } from '../registry/external-documents.ts';
import { subgraphName } from '../registry/names.ts';
import { type Operations, operationsOf, type RegisteredOperation } from '../registry/operations.ts';
import { readPublished } from '../registry/published.ts';
import { publishedHere } from '../registry/published-files.ts';
import { tell, type ReportOptions } from './check.ts';
import { composeCommand, composedOrThrow, sourcesOf } from './compose.ts';
import type { CommandContext } from './context.ts';

/** A client of another repository, and where its operations are. */
export interface Client {
  readonly name: string;
  /** A file or a folder. */
  readonly operations: string;
  /** The folder that `operations` is relative to. */
  readonly cwd: string;
}

/** Registers the operations of a client of another repository, unless they are invalid. @returns the exit code */
export function registerCommand(context: CommandContext, client: Client, options: ReportOptions): number {
  const operations = read(context, client);
  const report = judge(context, operations);
  if (report.findings.length > 0) tell(report, context, options);
  const code = exitCode(report.findings);
  if (code !== 0) return code;
  const file = registeredFile(client.name);
  mkdirSync(join(context.root, CLIENTS_FOLDER, client.name), { recursive: true });
  writeFileSync(join(context.root, file), textOf(operations.registered));
  context.out(`Registered ${operations.registered.length} operations of ${client.name} in ${file}.\n`);
  composeCommand(context, undefined);
  return 0;
}

/** Checks the operations of a client of another repository, and writes nothing. @returns the exit code */
export function checkClientCommand(context: CommandContext, client: Client, options: ReportOptions): number {
  const report = judge(context, read(context, client));
  tell(report, context, options);
  return exitCode(report.findings);
}

/** @throws {RegistryError} when the client cannot be registered from another repository */
function read({ root }: CommandContext, { name, operations: path, cwd }: Client): Operations {
  if (!subgraphName.safeParse(name).success) {
    throw inputError(`--client ${name} is no name: use lower-case letters, digits and hyphens, a letter first.`);
  }
  const own = clientFiles(join(root, CLIENTS_FOLDER)).files.find(
    ({ client, file }) => client === name && file !== registeredFile(name),
  );
  if (own) throw inputError(`${name} has documents in this repository.`, undefined, `Change or remove ${own.file}.`);
  const operations = operationsOf(name, externalDocuments(name, path, cwd));
  if (operations.registered.length === 0 && operations.problems.length === 0) {
    throw inputError(`--operations ${path} has no operation, in files that end in .graphql or .gql.`);
  }
  return operations;
}

function judge(context: CommandContext, { registered, problems }: Operations): Report {
  const api = apiSchema(composedOrThrow(sourcesOf(context.root), context.compose));
  const { operations: published } = readPublished(publishedHere(context.root));
  const findings = bySeverity([
    ...problems,
    ...invalidOperations(api, registered, []),
    ...deprecatedUses(api, registered, published),
  ]);
  return { findings, summary: [`${registered.length} operations.`] };
}

function registeredFile(client: string): string {
  return `${CLIENTS_FOLDER}/${client}/registered.graphql`;
}

/** All operations and the fragments they use. */
function textOf(operations: readonly RegisteredOperation[]): string {
  const definitions = [...new Set(operations.flatMap(({ document }) => document.definitions))];
  return `# Written by npm run schema:register.\n\n${print({ kind: Kind.DOCUMENT, definitions })}\n`;
}

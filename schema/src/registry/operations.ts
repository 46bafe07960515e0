import { readFileSync } from 'node:fs';
import {
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

import type { Finding } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { type ClientFile, clientFiles } from './client-files.ts';
import { documentProblems } from './document-problems.ts';
import { parseSdl } from './parse-sdl.ts';

/** An operation that a client registered. */
export interface RegisteredOperation {
  readonly client: string;
  readonly name: string;
  /** The operation, and the fragments it uses by name. */
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

/** The operations registered by clients. */
export interface Operations {
  readonly registered: readonly RegisteredOperation[];
  /** Findings about files, documents and names. */
  readonly problems: readonly Finding[];
}

/**
 * Reads the operations of all clients.
 *
 * The files of a client are one document: an operation may use a fragment of another file.
 *
 * @param folder - has a folder for each client
 */
export function readOperations(folder: string): Operations {
  const { files, problems } = clientFiles(folder);
  const clients = [...groupBy(files, ({ client }) => client)].map(([client, documents]) =>
    operationsOf(client, documents),
  );
  return {
    registered: clients.flatMap(({ registered }) => registered),
    problems: [...problems, ...clients.flatMap((each) => each.problems)],
  };
}

/** Reads the operations of a client. @param files - all documents of the client */
export function operationsOf(client: string, files: readonly ClientFile[]): Operations {
  const parsed = files.map(({ path, file }) => parseSdl(file, readFileSync(path, 'utf8')));
  const { registered, problems } = operationsIn(
    client,
    parsed.flatMap((each) => ('definitions' in each ? each.definitions : [])),
  );
  return { registered, problems: [...parsed.flatMap((each) => ('class' in each ? [each] : [])), ...problems] };
}

function operationsIn(client: string, definitions: readonly DefinitionNode[]): Operations {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const byName = new Map(fragments.toReversed().map((fragment) => [fragment.name.value, fragment]));
  const registered = operations.map((definition) => ({
    client,
    name: definition.name?.value ?? '',
    definition,
    document: withFragments(definition, byName),
  }));
  const used = new Set(registered.flatMap(({ document }) => document.definitions));
  return {
    registered: [...groupBy(registered, ({ name }) => name).values()].flatMap(([first]) => (first ? [first] : [])),
    problems: documentProblems(client, definitions, used),
  };
}

/** The operation and the fragments it uses, whatever file they are in. Validation reports missing ones. */
function withFragments(
  operation: OperationDefinitionNode,
  byName: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (node: ASTNode): void =>
    void visit(node, {
      FragmentSpread: ({ name: { value } }) => {
        const fragment = byName.get(value);
        if (!fragment || used.has(value)) return;
        used.set(value, fragment);
        collect(fragment);
      },
    });
  collect(operation);
  const fragments = [...used.values()].toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1));
  return { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
}

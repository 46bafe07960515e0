import type { FetchNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

import type { RequestSource } from './subgraph-request.ts';

export const REPRESENTATIONS = 'representations';

/** One query for the entities of several fetches from one subgraph. */
export interface MergedFetch extends RequestSource {
  /** For each fetch, the name of its entities in the response and of its variable. */
  readonly names: readonly string[];
}

export function mergeFetches(fetches: readonly FetchNode[]): MergedFetch {
  const variableUsages = [...new Set(fetches.flatMap((fetch) => fetch.variableUsages ?? []))];
  const prefix = unusedPrefix(variableUsages);
  const names = fetches.map((_fetch, index) => `${prefix}${index}`);
  const documents = fetches.map((fetch, index) => withNames(fetch, `${prefix}${index}`));
  return {
    operationKind: OperationTypeNode.QUERY,
    operationName: fetches[0]?.operationName,
    operation: stripIgnoredCharacters(print(mergeDocuments(documents))),
    variableUsages,
    names,
  };
}

function unusedPrefix(variables: readonly string[]): string {
  let prefix = 'entities';
  while (variables.some((name) => name.startsWith(prefix))) prefix = `m_${prefix}`;
  return prefix;
}

/** The name of a contextual argument's variable. @param fetchName in a merged document */
export function contextualName(variable: string, fetchName: string | undefined): string {
  return fetchName === undefined ? variable : `${fetchName}_${variable}`;
}

/** Gives the representations and the entities of a fetch this name, and its contextual arguments names with it. */
function withNames({ operation, contextRewrites = [] }: FetchNode, value: string): DocumentNode {
  const name: NameNode = { kind: Kind.NAME, value };
  const contextual = new Set(contextRewrites.map(({ renameKeyTo }) => renameKeyTo));
  return visit(parse(operation), {
    Variable: (node) => {
      if (node.name.value === REPRESENTATIONS) return { ...node, name };
      if (!contextual.has(node.name.value)) return undefined;
      return { ...node, name: { ...name, value: contextualName(node.name.value, value) } };
    },
    Field: (node): FieldNode | undefined => (node.name.value === '_entities' ? { ...node, alias: name } : undefined),
  });
}

function mergeDocuments(documents: readonly DocumentNode[]): DocumentNode {
  const fragments = new Map<string, string>();
  const definitions: FragmentDefinitionNode[] = [];
  const operations = documents.map((document) => {
    const distinct = withOwnFragments(document, fragments);
    for (const definition of distinct.definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION || fragments.has(definition.name.value)) continue;
      fragments.set(definition.name.value, print(definition));
      definitions.push(definition);
    }
    return distinct.definitions.find(isOperation) as OperationDefinitionNode;
  });
  const [first] = operations as [OperationDefinitionNode];
  const merged: OperationDefinitionNode = {
    ...first,
    variableDefinitions: distinctVariables(operations),
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
    },
  };
  return { kind: Kind.DOCUMENT, definitions: [merged, ...definitions] };
}

/** Renames the fragments of a document if others have one of their names. */
function withOwnFragments(document: DocumentNode, others: ReadonlyMap<string, string>): DocumentNode {
  const isTaken = document.definitions.some(
    (definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION &&
      (others.get(definition.name.value) ?? print(definition)) !== print(definition),
  );
  if (!isTaken) return document;
  const renamed = {
    enter: <N extends { readonly name: NameNode }>(node: N): N => ({
      ...node,
      name: { ...node.name, value: `${node.name.value}_` },
    }),
  };
  return withOwnFragments(visit(document, { FragmentSpread: renamed, FragmentDefinition: renamed }), others);
}

function distinctVariables(operations: readonly OperationDefinitionNode[]): VariableDefinitionNode[] {
  const definitions = operations.flatMap(({ variableDefinitions = [] }) => variableDefinitions);
  return [...new Map(definitions.map((definition) => [definition.variable.name.value, definition])).values()];
}

function isOperation({ kind }: { readonly kind: Kind }): boolean {
  return kind === Kind.OPERATION_DEFINITION;
}

import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

import type { RequiredFields } from '../../supergraph/required-fields.ts';

/**
 * The fetches of an entity fetch whose fields require one field with different arguments. A representation has room for
 * one value, so fields that differ are fetched apart.
 */
export function fetchesWithoutConflicts(fetch: FetchNode, required: RequiredFields): FetchNode[] {
  const rivals = rivalsIn(fetch.requires ?? [], required);
  if (rivals.size === 0) return [fetch];
  const document = withoutFragments(parse(fetch.operation, { noLocation: true }));
  const parts: Set<string>[] = [];
  visitEntityFields(document, (node, type) => {
    place(needsOf(node, type, rivals, required), parts, rivals);
    return node;
  });
  return parts.map((names) => ({
    ...fetch,
    ...operationOf(document, (node, type) => {
      const needs = needsOf(node, type, rivals, required);
      return parts.find((part) => isWithin(needs, part)) === names ? node : null;
    }),
    requires: without(fetch.requires ?? [], (name) => rivals.has(name) && !names.has(name)),
  }));
}

type Names = ReadonlySet<string>;
/** The other names of the same field in the same object. */
type Rivals = ReadonlyMap<string, Names>;

function rivalsIn(selections: readonly QueryPlanSelectionNode[], required: RequiredFields): Rivals {
  const namesByPlace = new Map<string, Set<string>>();
  const walk = (nodes: readonly QueryPlanSelectionNode[], path: string): void => {
    for (const node of nodes) {
      if (node.kind === 'InlineFragment') {
        walk(node.selections, path);
        continue;
      }
      const field = required.byName.get(node.name)?.field;
      const at = `${path}.${field ?? node.name}`;
      if (field !== undefined) namesByPlace.set(at, (namesByPlace.get(at) ?? new Set()).add(node.name));
      walk(node.selections ?? [], at);
    }
  };
  walk(selections, '');
  const rivals = new Map<string, Set<string>>();
  for (const names of namesByPlace.values()) {
    if (names.size < 2) continue;
    for (const name of names) {
      const known = rivals.get(name) ?? new Set();
      for (const other of names) if (other !== name) known.add(other);
      rivals.set(name, known);
    }
  }
  return rivals;
}

function needsOf(node: FieldNode, type: string, rivals: Rivals, { byCoordinate }: RequiredFields): Names {
  const names = [...(byCoordinate.get(`${type}.${node.name.value}`) ?? [])];
  return new Set(names.filter((name) => rivals.has(name)));
}

/** Adds a field's needs to the first part with which they do not conflict. */
function place(needs: Names, parts: Set<string>[], rivals: Rivals): void {
  const part = parts.find((names) =>
    [...needs].every((name) => [...names].every((other) => !rivals.get(name)?.has(other))),
  );
  if (part === undefined) parts.push(new Set(needs));
  else for (const name of needs) part.add(name);
}

function isWithin(needs: Names, part: Names): boolean {
  return [...needs].every((name) => part.has(name));
}

function without(
  selections: readonly QueryPlanSelectionNode[],
  isRemoved: (name: string) => boolean,
): QueryPlanSelectionNode[] {
  return selections.flatMap((node): QueryPlanSelectionNode[] => {
    if (node.kind === 'Field' && isRemoved(node.name)) return [];
    if (node.selections === undefined) return [node];
    const below = without(node.selections, isRemoved);
    return below.length === 0 ? [] : [{ ...node, selections: below }];
  });
}

type FieldFilter = (node: FieldNode, type: string) => FieldNode | null;

/** Filters the fields of the entities, on the type whose fragment they are in. */
function visitEntityFields(document: DocumentNode, filter: FieldFilter): DocumentNode {
  const fields = (selections: readonly SelectionNode[], type: string): SelectionNode[] =>
    selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.FIELD) return [filter(node, type)].filter((kept) => kept !== null);
      if (node.kind === Kind.FRAGMENT_SPREAD) return [node];
      const within = node.typeCondition?.name.value ?? type;
      const kept = fields(node.selectionSet.selections, within);
      return kept.length === 0 ? [] : [{ ...node, selectionSet: { ...node.selectionSet, selections: kept } }];
    });
  return visit(document, {
    Field: (node) =>
      node.name.value === '_entities' && node.selectionSet !== undefined
        ? { ...node, selectionSet: { ...node.selectionSet, selections: fields(node.selectionSet.selections, '') } }
        : undefined,
  });
}

function operationOf(
  document: DocumentNode,
  filter: FieldFilter,
): Required<Pick<FetchNode, 'operation' | 'variableUsages'>> {
  const filtered = visitEntityFields(document, filter);
  const used = new Set<string>();
  visit(filtered, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  const trimmed: DocumentNode = visit(filtered, {
    VariableDefinition: (node) => (used.has(node.variable.name.value) ? false : null),
  });
  return {
    operation: stripIgnoredCharacters(print(trimmed)),
    variableUsages: [...used].filter((name) => name !== 'representations'),
  };
}

function withoutFragments({ definitions }: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const operations = definitions.filter(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  return visit({ kind: Kind.DOCUMENT, definitions: operations } as DocumentNode, {
    // The visitor goes on inside what it replaced, and so into nested spreads.
    FragmentSpread: (node) => {
      const fragment = fragments.get(node.name.value);
      return fragment === undefined
        ? undefined
        : {
            kind: Kind.INLINE_FRAGMENT,
            typeCondition: fragment.typeCondition,
            selectionSet: fragment.selectionSet,
            directives: node.directives,
          };
    },
  });
}

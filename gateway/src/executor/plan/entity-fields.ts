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

/** Decides on a field of the entities. @param type of the fragment that it is in */
export type FieldFilter = (node: FieldNode, type: string) => FieldNode | null;

/** The document of an entity fetch, without named fragments. */
export function entityDocument({ operation }: FetchNode): DocumentNode {
  return withoutFragments(parse(operation, { noLocation: true }));
}

/** The fields of representations without some. */
export function withoutInputs(
  selections: readonly QueryPlanSelectionNode[],
  isRemoved: (name: string) => boolean,
): QueryPlanSelectionNode[] {
  return selections.flatMap((node): QueryPlanSelectionNode[] => {
    if (node.kind === 'Field' && isRemoved(node.alias ?? node.name)) return [];
    if (node.selections === undefined) return [node];
    const below = withoutInputs(node.selections, isRemoved);
    return below.length === 0 ? [] : [{ ...node, selections: below }];
  });
}

/** Filters the fields of the entities. */
export function visitEntityFields(document: DocumentNode, filter: FieldFilter): DocumentNode {
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

/** The operation of a fetch with some of its entities' fields, and the variables that they need. */
export function withEntityFields(
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

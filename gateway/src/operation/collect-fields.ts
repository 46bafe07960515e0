import { type DirectiveNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

import type { Operation } from './operation.ts';

/** One selection of a response key; several selections of a key are merged. */
export interface Occurrence {
  readonly node: FieldNode;
  /** The innermost type condition around the field, else the type of its parent. */
  readonly parentType: string;
}

/** A selection set and the type that its fields belong to. */
export interface TypedSelectionSet {
  readonly selectionSet: SelectionSetNode;
  readonly parentType: string;
}

export interface CollectContext {
  readonly fragments: Operation['fragments'];
  /** Evaluates `@skip` and `@include`. */
  isIncluded(directives: readonly DirectiveNode[] | undefined): boolean;
}

/**
 * CollectFields of the specification, for several selection sets of one object.
 *
 * @param applies whether the object's type satisfies a type condition
 */
export function collectFields(
  { fragments, isIncluded }: CollectContext,
  selectionSets: readonly TypedSelectionSet[],
  applies: (typeCondition: string) => boolean,
): Map<string, Occurrence[]> {
  const fields = new Map<string, Occurrence[]>();
  const visited = new Set<string>();

  const visit = (selection: SelectionNode, parentType: string): void => {
    if (!isIncluded(selection.directives)) return;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const known = fields.get(key);
      if (known === undefined) fields.set(key, [{ node: selection, parentType }]);
      else known.push({ node: selection, parentType });
      return;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition?.name.value ?? parentType;
      if (type === parentType || applies(type)) visitAll({ selectionSet: selection.selectionSet, parentType: type });
      return;
    }
    const fragment = fragments.get(selection.name.value);
    if (fragment === undefined || visited.has(selection.name.value)) return;
    visited.add(selection.name.value);
    const type = fragment.typeCondition.name.value;
    if (applies(type)) visitAll({ selectionSet: fragment.selectionSet, parentType: type });
  };

  const visitAll = ({ selectionSet, parentType }: TypedSelectionSet): void => {
    for (const selection of selectionSet.selections) visit(selection, parentType);
  };

  for (const selectionSet of selectionSets) visitAll(selectionSet);
  return fields;
}

/** The selection sets of a field's occurrences. */
export function subselections(occurrences: readonly Occurrence[], resultType: string): TypedSelectionSet[] {
  return occurrences.flatMap(({ node: { selectionSet } }) =>
    selectionSet === undefined ? [] : [{ selectionSet, parentType: resultType }],
  );
}

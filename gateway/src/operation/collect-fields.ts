import { type DirectiveNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

import type { Operation } from './operation.ts';

/** Where a response key is asked for: the same key may be asked for in several places at once. */
export interface Occurrence {
  readonly node: FieldNode;
  /** The type whose field is named: the innermost type condition around it. */
  readonly parentType: string;
}

/** A selection set to look into. */
export interface Scope {
  readonly selectionSet: SelectionSetNode;
  readonly parentType: string;
}

export interface Collecting {
  readonly fragments: Operation['fragments'];
  /** Whether a selection with these directives counts. */
  isIncluded(directives: readonly DirectiveNode[] | undefined): boolean;
}

/**
 * Merges selection sets as the specification's CollectFields does, in its order.
 *
 * @param applies says whether objects at hand satisfy a type condition.
 */
export function collectFields(
  { fragments, isIncluded }: Collecting,
  scopes: readonly Scope[],
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

  const visitAll = ({ selectionSet, parentType }: Scope): void => {
    for (const selection of selectionSet.selections) visit(selection, parentType);
  };

  for (const scope of scopes) visitAll(scope);
  return fields;
}

/** The selection sets below a field's occurrences. */
export function scopesBelow(occurrences: readonly Occurrence[], resultType: string): Scope[] {
  return occurrences.flatMap(({ node: { selectionSet } }) =>
    selectionSet === undefined ? [] : [{ selectionSet, parentType: resultType }],
  );
}

import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';

import type { Operation } from '../../operation/operation.ts';

type Path = readonly (string | number)[];

/**
 * Truncates an error's path at the first field that the client did not select. Fields that only the plan needs, such
 * as keys, may not be public.
 */
export function selectedPath({ definition, fragments }: Operation, path: Path): Path {
  let selectionSets = [definition.selectionSet];
  for (const [index, segment] of path.entries()) {
    if (typeof segment === 'number') continue;
    const fields = fieldsOf(selectionSets, segment, fragments);
    if (fields.length === 0) return path.slice(0, index);
    selectionSets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
  }
  return path;
}

/** The fields selected under a response key, on any type. */
function fieldsOf(
  selectionSets: readonly SelectionSetNode[],
  key: string,
  fragments: Operation['fragments'],
): FieldNode[] {
  const found: FieldNode[] = [];
  const looked = new Set<SelectionSetNode>();
  const look = (selectionSet: SelectionSetNode | undefined): void => {
    if (selectionSet === undefined || looked.has(selectionSet)) return;
    looked.add(selectionSet);
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        if ((selection.alias ?? selection.name).value === key) found.push(selection);
      } else {
        const isInline = selection.kind === Kind.INLINE_FRAGMENT;
        look(isInline ? selection.selectionSet : fragments.get(selection.name.value)?.selectionSet);
      }
    }
  };
  selectionSets.forEach(look);
  return found;
}

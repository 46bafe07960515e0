import { Kind, type SelectionSetNode } from 'graphql';

/** Removes type names, which representations have but selections may not. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === '__typename' ? [] : [[key, plain(inner)]])),
  );
}

/** The value of a selection with a single leaf. */
export function leavesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(leavesOf);
  return typeof value === 'object' && value !== null ? leavesOf(Object.values(value)[0]) : value;
}

/** Whether a field is selected at any depth. */
export function selects(selectionSet: SelectionSetNode, field: string): boolean {
  return selectionSet.selections.some(
    (selection) =>
      selection.kind === Kind.FIELD &&
      (selection.name.value === field ||
        (selection.selectionSet !== undefined && selects(selection.selectionSet, field))),
  );
}

/** The value of the first leaf of a selection. */
export function leafOf(value: unknown, selectionSet: SelectionSetNode): unknown {
  const [selection] = selectionSet.selections;
  if (selection?.kind !== Kind.FIELD || typeof value !== 'object' || value === null) return undefined;
  const inner = (value as Record<string, unknown>)[selection.name.value];
  return selection.selectionSet === undefined ? inner : leafOf(inner, selection.selectionSet);
}

import { type DirectiveNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

import type { Operation } from './operation.ts';

/** A deferred fragment in one selection set. */
export interface DeferUsage {
  /** Its `@defer`. */
  readonly directive: DirectiveNode;
  /** The deferred fragment around it. */
  readonly parent: DeferUsage | undefined;
  readonly selectionSet: TypedSelectionSet;
}

/** One selection of a response key; several selections of a key are merged. */
export interface Occurrence {
  readonly node: FieldNode;
  /** The innermost type condition around the field, else the type of its parent. */
  readonly parentType: string;
  readonly deferredBy: DeferUsage | undefined;
}

/** A selection set and the type that its fields belong to. */
export interface TypedSelectionSet {
  readonly selectionSet: SelectionSetNode;
  readonly parentType: string;
  readonly deferredBy?: DeferUsage | undefined;
}

/** The handling of fields in deferred fragments: as others, left out, or collected with their fragment. */
export type DeferredFields = 'ignore-defer' | 'leave-out' | 'collect';

export interface CollectContext {
  readonly fragments: Operation['fragments'];
  readonly deferredFields: DeferredFields;
  /** Evaluates `@skip` and `@include`. */
  isIncluded(directives: readonly DirectiveNode[] | undefined): boolean;
  /** The active `@defer`. */
  deferOf(directives: readonly DirectiveNode[] | undefined): DirectiveNode | undefined;
}

export interface CollectedFields {
  /** By response key. */
  readonly fields: ReadonlyMap<string, readonly Occurrence[]>;
  /** The deferred fragments of these selection sets. */
  readonly defers: readonly DeferUsage[];
}

/**
 * CollectFields of the specification, for several selection sets of one object.
 *
 * @param applies whether the object's type satisfies a type condition
 */
export function collectFields(
  { fragments, deferredFields, isIncluded, deferOf }: CollectContext,
  selectionSets: readonly TypedSelectionSet[],
  applies: (typeCondition: string) => boolean,
): CollectedFields {
  const fields = new Map<string, Occurrence[]>();
  const defers: DeferUsage[] = [];
  const visited = new Map<DeferUsage | undefined, Set<string>>();

  const visit = (selection: SelectionNode, parentType: string, deferredBy: DeferUsage | undefined): void => {
    if (!isIncluded(selection.directives)) return;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const known = fields.get(key);
      const occurrence = { node: selection, parentType, deferredBy };
      if (known === undefined) fields.set(key, [occurrence]);
      else known.push(occurrence);
      return;
    }
    const directive = deferredFields === 'ignore-defer' ? undefined : deferOf(selection.directives);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition?.name.value ?? parentType;
      if (type !== parentType && !applies(type)) return;
      visitFragment({ selectionSet: selection.selectionSet, parentType: type, deferredBy }, directive);
      return;
    }
    const fragment = fragments.get(selection.name.value);
    if (fragment === undefined) return;
    if (directive === undefined && !isFirstVisit(selection.name.value, deferredBy)) return;
    const type = fragment.typeCondition.name.value;
    if (applies(type)) visitFragment({ selectionSet: fragment.selectionSet, parentType: type, deferredBy }, directive);
  };

  const isFirstVisit = (fragment: string, deferredBy: DeferUsage | undefined): boolean => {
    const names = visited.get(deferredBy) ?? new Set();
    visited.set(deferredBy, names);
    return names.size !== names.add(fragment).size;
  };

  const visitFragment = (selectionSet: TypedSelectionSet, directive: DirectiveNode | undefined): void => {
    if (directive === undefined) return visitAll(selectionSet);
    const usage = { directive, parent: selectionSet.deferredBy, selectionSet };
    defers.push(usage);
    if (deferredFields === 'collect') visitAll({ ...selectionSet, deferredBy: usage });
  };

  const visitAll = ({ selectionSet, parentType, deferredBy }: TypedSelectionSet): void => {
    for (const selection of selectionSet.selections) visit(selection, parentType, deferredBy);
  };

  for (const selectionSet of selectionSets) visitAll(selectionSet);
  return { fields, defers };
}

/** The selection sets of a field's occurrences. */
export function subselections(occurrences: readonly Occurrence[], resultType: string): TypedSelectionSet[] {
  return occurrences.flatMap(({ node: { selectionSet }, deferredBy }) =>
    selectionSet === undefined ? [] : [{ selectionSet, parentType: resultType, deferredBy }],
  );
}

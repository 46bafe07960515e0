import type { Schema } from '@apollo/federation-internals';
import { type FieldNode, Kind, type SelectionNode } from 'graphql';

import { plannedLabel } from './deferred-document.ts';

/** The interface on which a field of an object type has to be planned; undefined for the object type itself. */
export type HoistedTo = (typename: string, field: string) => string | undefined;

/**
 * Finds the fields with `@requires` on an interface object. Below a fragment on an object type, the planner (2.14.4)
 * plans them without a key, or loops for seconds and gigabytes.
 */
export function hoistedFieldsIn(schema: Schema): HoistedTo {
  const interfaces = new Map<string, string>();
  for (const type of schema.interfaceTypes()) {
    const graphs = type
      .appliedDirectivesOf('join__type')
      .map((application) => application.arguments() as { graph: string; isInterfaceObject?: boolean })
      .filter(({ isInterfaceObject }) => isInterfaceObject === true)
      .map(({ graph }) => graph);
    for (const field of type.fields()) {
      const isHoisted = field
        .appliedDirectivesOf('join__field')
        .map((application) => application.arguments() as { graph?: string; requires?: string })
        .some(({ graph, requires }) => requires !== undefined && graph !== undefined && graphs.includes(graph));
      if (!isHoisted) continue;
      for (const { name } of type.possibleRuntimeTypes()) interfaces.set(`${name}.${field.name}`, type.name);
    }
  }
  return (typename, field) => interfaces.get(`${typename}.${field}`);
}

/**
 * Moves fields out of fragments on object types. The response has them only on the types that select them. Deferred
 * fragments keep theirs: they are planned by the key of their object.
 */
export function hoistFields(
  selections: readonly SelectionNode[],
  hoistedTo: HoistedTo,
): { readonly selections: SelectionNode[]; readonly isChanged: boolean } {
  const moved: SelectionNode[] = [];
  const remaining = selections.map((node): SelectionNode => {
    const type = node.kind === Kind.INLINE_FRAGMENT ? node.typeCondition?.name.value : undefined;
    if (node.kind !== Kind.INLINE_FRAGMENT || type === undefined || plannedLabel(node.directives)) return node;
    const kept = node.selectionSet.selections.filter((inner) => {
      const target = inner.kind === Kind.FIELD ? hoistedTo(type, inner.name.value) : undefined;
      if (target !== undefined) moved.push(onInterface(target, inner));
      return target === undefined;
    });
    // The rest still tells the type of the object.
    return { ...node, selectionSet: { ...node.selectionSet, selections: kept.length === 0 ? [TYPENAME] : kept } };
  });
  return { selections: [...moved, ...remaining], isChanged: moved.length > 0 };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function onInterface(name: string, selection: SelectionNode): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] },
  };
}

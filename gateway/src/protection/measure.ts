import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

import { deferDirective } from '../operation/defer.ts';

/** The size of a document's largest operation, with fragments expanded. */
export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly fields: number;
  readonly defers: number;
}

const NOTHING: Measure = { depth: 0, aliases: 0, rootFields: 0, fields: 0, defers: 0 };

/** Measures each fragment once, so that the time is linear in the document, not in its expansion. */
export function measureOperation(document: DocumentNode): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, Measure>();

  const measureFragment = (name: string): Measure => {
    const seen = known.get(name);
    if (seen) return seen;
    // A cycle counts as nothing; validation rejects it later.
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const measure = fragment ? measureSelections(fragment.selectionSet) : NOTHING;
    known.set(name, measure);
    return measure;
  };

  const measureSelections = ({ selections }: SelectionSetNode): Measure => {
    let total = NOTHING;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet ? measureSelections(selection.selectionSet) : NOTHING;
        if (selection.name.value === '__schema' || selection.name.value === '__type') {
          total = sum(total, { ...NOTHING, fields: below.fields });
          continue;
        }
        const aliases = below.aliases + (selection.alias ? 1 : 0);
        total = sum(total, { ...below, depth: below.depth + 1, aliases, rootFields: 1, fields: below.fields + 1 });
      } else {
        const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
        const fragment = isSpread ? measureFragment(selection.name.value) : measureSelections(selection.selectionSet);
        const isDeferred = deferDirective(selection.directives, {}) !== undefined;
        total = sum(total, isDeferred ? { ...fragment, defers: fragment.defers + 1 } : fragment);
      }
    }
    return total;
  };

  let largest = NOTHING;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, aliases, rootFields, fields, defers } = measureSelections(definition.selectionSet);
    largest = {
      depth: Math.max(largest.depth, depth),
      aliases: Math.max(largest.aliases, aliases),
      rootFields: Math.max(largest.rootFields, rootFields),
      fields: Math.max(largest.fields, fields),
      defers: Math.max(largest.defers, defers),
    };
  }
  return largest;
}

function sum(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    fields: a.fields + b.fields,
    defers: a.defers + b.defers,
  };
}

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

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

export function measureOperation(document: DocumentNode): Measure {
  const measurement = new Measurement(document);
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map(({ selectionSet }) => measurement.ofSelections(selectionSet))
    .reduce((largest, measure) => joined(largest, measure, Math.max), NOTHING);
}

/** Measures each fragment once, so that the time is linear in the document, not in its expansion. */
class Measurement {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #known = new Map<string, Measure>();

  constructor({ definitions }: DocumentNode) {
    for (const definition of definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  ofSelections({ selections }: SelectionSetNode): Measure {
    return selections.reduce((total, node) => joined(total, this.#ofSelection(node), (a, b) => a + b), NOTHING);
  }

  #ofSelection(node: SelectionNode): Measure {
    if (node.kind === Kind.FIELD) return this.#ofField(node);
    const isSpread = node.kind === Kind.FRAGMENT_SPREAD;
    const fragment = isSpread ? this.#ofFragment(node.name.value) : this.ofSelections(node.selectionSet);
    const isDeferred = deferDirective(node.directives, {}) !== undefined;
    return isDeferred ? { ...fragment, defers: fragment.defers + 1 } : fragment;
  }

  #ofField({ name, alias, selectionSet }: FieldNode): Measure {
    const { depth, aliases, fields, defers } = selectionSet ? this.ofSelections(selectionSet) : NOTHING;
    if (name.value === '__schema' || name.value === '__type') return { ...NOTHING, rootFields: 1, fields, defers };
    return { depth: depth + 1, aliases: aliases + (alias ? 1 : 0), rootFields: 1, fields: fields + 1, defers };
  }

  #ofFragment(name: string): Measure {
    const known = this.#known.get(name);
    if (known) return known;
    // A cycle counts as nothing; validation rejects it later.
    this.#known.set(name, NOTHING);
    const fragment = this.#fragments.get(name);
    const measure = fragment ? this.ofSelections(fragment.selectionSet) : NOTHING;
    this.#known.set(name, measure);
    return measure;
  }
}

function joined(a: Measure, b: Measure, join: (a: number, b: number) => number): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: join(a.aliases, b.aliases),
    rootFields: join(a.rootFields, b.rootFields),
    fields: join(a.fields, b.fields),
    defers: join(a.defers, b.defers),
  };
}

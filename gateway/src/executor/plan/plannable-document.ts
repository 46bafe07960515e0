import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import type { Operation } from '../../operation/operation.ts';
import { hoistFields, type HoistedTo } from './hoisted-fields.ts';
import { labelledDefer, plannedLabel } from './deferred-document.ts';

export interface PlannableTypes {
  readonly schema: GraphQLSchema;
  /** Interfaces that are an object in some subgraph, and the interfaces that these implement. */
  readonly interfaceObjects: ReadonlySet<string>;
  readonly hoistedTo: HoistedTo;
  /** The leaves of a type's `@key`s. */
  keysOf(typename: string): ReadonlySet<string>;
}

/**
 * The document in a form that the planner (2.14.4) can always plan. Undefined when no field is left.
 *
 * - Without fragments that no object can match. Nested in a fragment on an abstract type, they are valid.
 * - On an interface object, a fragment on another abstract type becomes one for each object type that matches. The
 *   subgraph knows neither, and the planner finds no way to the subgraph that does.
 * - With fields that use `@requires` on an interface object selected from the interface, except in deferred fragments.
 * - With the keys of an interface that no type implements, instead of `__typename`: it may be an object in a subgraph.
 * - With a deferred fragment for each object type, with a label of its own: the planner re-fetches objects by their type's
 *   keys, and loses type conditions of abstract types around.
 * - Without introspection, which needs no subgraph, and whose newer fields the planner does not know.
 *
 * @param operation without conditions, because fragments are merged
 */
export function plannableDocument(types: PlannableTypes, operation: Operation): DocumentNode | undefined {
  const { definition, rootType } = operation;
  const normalization = new Normalization(types, operation.fragments);
  const selections = normalization.selections(definition.selectionSet, rootType, [rootType]);
  if (selections.length === 0) return undefined;
  if (!normalization.isNeeded) return operation.document;
  return { kind: Kind.DOCUMENT, definitions: [{ ...definition, selectionSet: selectionSetOf(selections) }] };
}

type ObjectTypes = readonly GraphQLNamedType[];
type Fragment = { readonly typeCondition?: NamedTypeNode | undefined; readonly selectionSet: SelectionSetNode };

const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);
const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Writes named fragments inline, because the same fragment can match in one place and not in another. */
class Normalization {
  isNeeded = false;
  #deferredFragments = 0;
  readonly #types: PlannableTypes;
  readonly #fragments: Operation['fragments'];

  constructor(types: PlannableTypes, fragments: Operation['fragments']) {
    this.#types = types;
    this.#fragments = fragments;
  }

  /** @param possible the object types that can occur here: inside nested fragments, fewer than those of `type` */
  selections({ selections }: SelectionSetNode, type: GraphQLNamedType, possible: ObjectTypes): SelectionNode[] {
    const plannable = selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return this.#field(node, type);
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      if (fragment === undefined) return [];
      const label = plannedLabel(node.directives);
      return label === undefined
        ? this.#fragment(fragment, type, possible)
        : this.#changed(this.#deferred(label, fragment, type, possible));
    });
    if (!this.#types.interfaceObjects.has(type.name)) return plannable;
    const hoisted = hoistFields(plannable, this.#types.hoistedTo);
    return hoisted.isChanged ? this.#changed(hoisted.selections) : plannable;
  }

  #field(node: FieldNode, type: GraphQLNamedType): SelectionNode[] {
    const name = node.name.value;
    if (INTROSPECTION.has(name)) return this.#changed([]);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (node.selectionSet === undefined || field === undefined) return [node];
    const result = getNamedType(field.type);
    const possible = this.#possibleTypes(result);
    const selections = this.selections(node.selectionSet, result, possible);
    const plannable = possible.length === 0 ? this.#changed(this.#unimplemented(selections, result)) : selections;
    return [{ ...node, selectionSet: selectionSetOf(plannable.length === 0 ? [TYPENAME] : plannable) }];
  }

  #unimplemented(selections: readonly SelectionNode[], type: GraphQLNamedType): SelectionNode[] {
    const fields = isInterfaceType(type) ? type.getFields() : {};
    const keys = [...this.#types.keysOf(type.name)].filter((key) => Object.hasOwn(fields, key));
    if (keys.length === 0) return [TYPENAME, ...selections];
    const others = selections.filter((node) => node.kind !== Kind.FIELD || node.name.value !== '__typename');
    return [...others, ...keys.map((value): FieldNode => ({ kind: Kind.FIELD, name: { kind: Kind.NAME, value } }))];
  }

  #fragment(fragment: Fragment, outer: GraphQLNamedType, possible: ObjectTypes) {
    const { selectionSet } = fragment;
    const type = this.#typeOf(fragment, outer);
    if (type === outer) return this.selections(selectionSet, outer, possible);
    const types = this.#possibleTypes(type);
    const matching = possible.filter((object) => types.includes(object));
    if (matching.length === 0) return this.#changed([]);
    if (isObjectType(outer)) return this.selections(selectionSet, outer, matching);
    if (!isAbstractType(type) || !this.#types.interfaceObjects.has(outer.name)) {
      return onType(type, this.selections(selectionSet, type, matching));
    }
    return this.#changed(matching.flatMap((object) => onType(object, this.selections(selectionSet, object, [object]))));
  }

  /** One fragment for each object type, because objects are fetched again by their type's key. */
  #deferred(label: string, fragment: Fragment, outer: GraphQLNamedType, possible: ObjectTypes): SelectionNode[] {
    const types = this.#possibleTypes(this.#typeOf(fragment, outer));
    const matching = possible.filter((object) => types.includes(object));
    return matching.flatMap((object) => {
      const selections = this.selections(fragment.selectionSet, object, [object]);
      const directives = [labelledDefer(`${label}:${this.#deferredFragments++}`)];
      const on = object === outer ? {} : { typeCondition: namedType(object) };
      return selections.length === 0
        ? []
        : [{ kind: Kind.INLINE_FRAGMENT, ...on, directives, selectionSet: selectionSetOf(selections) }];
    });
  }

  #typeOf({ typeCondition }: Fragment, outer: GraphQLNamedType): GraphQLNamedType {
    return (typeCondition && this.#types.schema.getType(typeCondition.name.value)) ?? outer;
  }

  #changed(selections: SelectionNode[]): SelectionNode[] {
    this.isNeeded = true;
    return selections;
  }

  #possibleTypes(type: GraphQLNamedType): ObjectTypes {
    return isAbstractType(type) ? this.#types.schema.getPossibleTypes(type) : [type];
  }
}

function onType(type: GraphQLNamedType, selections: readonly SelectionNode[]): SelectionNode[] {
  if (selections.length === 0) return [];
  return [{ kind: Kind.INLINE_FRAGMENT, typeCondition: namedType(type), selectionSet: selectionSetOf(selections) }];
}

function namedType({ name }: GraphQLNamedType): NamedTypeNode {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } };
}

function selectionSetOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

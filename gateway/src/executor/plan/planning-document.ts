import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
} from 'graphql';

import type { Decision } from '../../authorization/decision.ts';
import { type CoercedVariables, CONDITIONAL, isIncluded } from '../../operation/condition.ts';
import type { Operation } from '../../operation/operation.ts';
import { deferDirective } from '../../operation/defer.ts';
import type { DataKeys } from './data-keys.ts';
import { labelDefers, type PlannedDefer } from './deferred-document.ts';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** An operation, and the decisions that filter it before planning. */
export interface Planning {
  readonly schema: GraphQLSchema;
  readonly operation: Operation;
  readonly decision: Decision;
  readonly keys: DataKeys;
  /** Whether it has any `@skip`, `@include` or `@defer`, with or without variables. */
  readonly isConditional: boolean;
}

export interface PlanningDocument {
  readonly deferred: readonly PlannedDefer[];
  /** Undefined when no field is left. */
  readonly document: DocumentNode | undefined;
}

/**
 * The document to plan: without skipped and unauthorised fields, and with data keys as aliases.
 *
 * The planner supports conditions, but then assumes that fields which `@requires` selects are present even if skipped.
 *
 * @param defers whether `@defer` is obeyed
 */
export function planningDocument(planning: Planning, values: CoercedVariables, defers: boolean): PlanningDocument {
  const filtered = filteredOperation(planning, values, defers);
  if (filtered.definition.selectionSet.selections.length === 0) return { deferred: [], document: undefined };
  if (!defers) return { deferred: [], document: filtered.document };
  const { operation, deferred } = labelDefers(filtered, planning.keys.responseKeyOf);
  return { deferred, document: operation.document };
}

function filteredOperation(planning: Planning, values: CoercedVariables, defers: boolean): Operation {
  const { operation, decision, keys, isConditional } = planning;
  if (decision.denied.length === 0 && !keys.renames && !isConditional) return operation;
  const { rootType } = operation;
  const filter = new SelectionFilter(planning, values, defers);
  const selections = filter.selections(operation.definition.selectionSet.selections, rootType.name);
  const definition = { ...operation.definition, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  const fragments = filter.usedFragments();
  const document = { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] } as const;
  return { document, definition, fragments: new Map(fragments.map((each) => [each.name.value, each])), rootType };
}

class SelectionFilter {
  readonly #planning: Planning;
  readonly #values: CoercedVariables;
  readonly #defers: boolean;
  readonly #filtered = new Map<string, FragmentDefinitionNode | undefined>();

  constructor(planning: Planning, values: CoercedVariables, defers: boolean) {
    this.#planning = planning;
    this.#values = values;
    this.#defers = defers;
  }

  usedFragments(): FragmentDefinitionNode[] {
    return [...this.#filtered.values()].filter((fragment) => fragment !== undefined);
  }

  selections(selections: readonly SelectionNode[], parentType: string): SelectionNode[] {
    return selections.flatMap((selection) => this.#selection(selection, parentType) ?? []);
  }

  #selection(selection: SelectionNode, parentType: string): SelectionNode | undefined {
    if (!isIncluded(selection.directives, this.#values)) return undefined;
    if (selection.kind === Kind.FIELD) return this.#field(selection, parentType);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const isEmpty = this.#fragment(selection.name.value) === undefined;
      return isEmpty ? undefined : this.#decided(selection);
    }
    const type = selection.typeCondition?.name.value ?? parentType;
    const selections = this.selections(selection.selectionSet.selections, type);
    if (selections.length === 0) return undefined;
    return { ...this.#decided(selection), selectionSet: { kind: Kind.SELECTION_SET, selections } };
  }

  /** Without conditions, and with `@defer` only where it is obeyed. */
  #decided<T extends SelectionNode>(node: T): T {
    if (node.directives === undefined || node.directives.length === 0) return node;
    const defer = this.#defers ? deferDirective(node.directives, this.#values) : undefined;
    const others = node.directives.filter(({ name }) => !CONDITIONAL.has(name.value));
    return { ...node, directives: defer ? [...others, defer] : others };
  }

  #field(node: FieldNode, parentType: string): FieldNode | undefined {
    const { schema, decision } = this.#planning;
    if (decision.isDenied(parentType, node.name.value)) return undefined;
    const field = this.#keyed(this.#decided(node));
    const result = resultType(schema, parentType, node.name.value);
    if (node.selectionSet === undefined || result === undefined) return field;
    const selections = this.selections(node.selectionSet.selections, result.name);
    // Fields may be withheld on some types only, so the writer must know the object's type.
    const typename = selections.length === 0 || (decision.denied.length > 0 && isAbstractType(result));
    return {
      ...field,
      selectionSet: { kind: Kind.SELECTION_SET, selections: typename ? [TYPENAME, ...selections] : selections },
    };
  }

  #keyed(node: FieldNode): FieldNode {
    const key = this.#planning.keys.of(node);
    const { alias: _alias, ...unaliased } = node;
    return key === node.name.value ? unaliased : { ...unaliased, alias: { kind: Kind.NAME, value: key } };
  }

  #fragment(name: string): FragmentDefinitionNode | undefined {
    if (this.#filtered.has(name)) return this.#filtered.get(name);
    const fragment = this.#planning.operation.fragments.get(name);
    if (fragment === undefined) return undefined;
    const selections = this.selections(fragment.selectionSet.selections, fragment.typeCondition.name.value);
    const filtered =
      selections.length === 0
        ? undefined
        : ({ ...fragment, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const);
    this.#filtered.set(name, filtered);
    return filtered;
  }
}

function resultType(schema: GraphQLSchema, parentType: string, field: string) {
  const parent = schema.getType(parentType);
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const definition = parent.getFields()[field];
  return definition === undefined ? undefined : getNamedType(definition.type);
}

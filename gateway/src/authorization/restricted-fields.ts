import { CodedError, maskError } from '@marquee/errors';
import {
  type FieldNode,
  getNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  print,
  type SelectionNode,
} from 'graphql';

import { ALWAYS, type Condition, conditionKey, narrowCondition } from '../operation/condition.ts';
import type { Operation } from '../operation/operation.ts';
import { RequestRejectedError } from '../operation/operation-request.ts';
import type { AccessRules } from './access-rules.ts';
import type { Requirement } from './requirement.ts';

/** A selection of a field that has requirements. */
export interface RestrictedField {
  readonly parentType: string;
  readonly node: FieldNode;
  /** Response keys from the root, without list indices. */
  readonly path: readonly string[];
  readonly requirements: readonly Requirement[];
  /** The `@skip` and `@include` that decide whether it is selected. */
  readonly condition: Condition;
  /** The nearest restricted ancestor. */
  readonly ancestor: RestrictedField | undefined;
}

interface Place {
  readonly ancestor: RestrictedField | undefined;
  readonly parentType: string;
  readonly path: readonly string[];
  readonly condition: Condition;
}

/** Nested fragments can expand exponentially; more selections than this are an attack. */
const MAX_SELECTIONS = 50_000;

/**
 * Finds every restricted field of an operation, through aliases, fragments and type conditions.
 *
 * @throws {RequestRejectedError} with OPERATION_TOO_LARGE
 */
export function restrictedFields(schema: GraphQLSchema, operation: Operation, rules: AccessRules): RestrictedField[] {
  if (!rules.any) return [];
  const found = new Map<string, RestrictedField>();
  const visited = new Set<string>();
  let count = 0;

  const visitField = (node: FieldNode, place: Place): void => {
    const path = [...place.path, (node.alias ?? node.name).value];
    const requirements = rules.requirementsOf(place.parentType, node.name.value);
    let { ancestor } = place;
    if (requirements.length > 0) {
      ancestor = { parentType: place.parentType, node, path, requirements, condition: place.condition, ancestor };
      const given = (node.arguments ?? []).map(print).join();
      found.set(`${placeKey({ ...place, path })} ${node.name.value}(${given})`, ancestor);
    }
    const result = resultType(schema, place.parentType, node.name.value);
    if (result === undefined) return;
    visitAll(node.selectionSet?.selections, { parentType: result, path, condition: place.condition, ancestor });
  };

  const visit = (selection: SelectionNode, place: Place): void => {
    if (++count > MAX_SELECTIONS) throw new RequestRejectedError([TOO_LARGE]);
    const condition = narrowCondition(place.condition, selection.directives);
    if (condition === undefined) return;
    if (selection.kind === Kind.FIELD) return visitField(selection, { ...place, condition });
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const parentType = selection.typeCondition?.name.value ?? place.parentType;
      return visitAll(selection.selectionSet.selections, { ...place, parentType, condition });
    }
    const fragment = operation.fragments.get(selection.name.value);
    const once = `${placeKey({ ...place, condition })} ${selection.name.value}`;
    if (fragment === undefined || visited.has(once)) return;
    visited.add(once);
    const parentType = fragment.typeCondition.name.value;
    visitAll(fragment.selectionSet.selections, { ...place, parentType, condition });
  };

  const visitAll = (selections: readonly SelectionNode[] | undefined, place: Place): void => {
    for (const selection of selections ?? []) visit(selection, place);
  };

  const root = { parentType: operation.rootType.name, path: [], condition: ALWAYS, ancestor: undefined };
  visitAll(operation.definition.selectionSet.selections, root);
  return [...found.values()];
}

const TOO_LARGE = maskError(new CodedError('OPERATION_TOO_LARGE'));

/** Fields of different types may share a response path, so the key includes the ancestors' names. */
function placeKey({ parentType, path, condition, ancestor }: Place): string {
  const around: string[] = [];
  for (let field = ancestor; field !== undefined; field = field.ancestor) {
    around.push(`${field.parentType}.${field.node.name.value}`);
  }
  return `${path.join('.')} ${parentType} ${conditionKey(condition)} ${around.join()}`;
}

function resultType(schema: GraphQLSchema, parentType: string, field: string): string | undefined {
  const parent = schema.getType(parentType);
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const definition = parent.getFields()[field];
  return definition === undefined ? undefined : getNamedType(definition.type).name;
}

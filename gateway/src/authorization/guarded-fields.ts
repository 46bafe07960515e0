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

import { ALWAYS, type Condition, conditionKey, within as conditionWithin } from '../operation/condition.ts';
import type { Operation } from '../operation/operation.ts';
import { RequestRejectedError } from '../operation/operation-request.ts';
import type { AccessRules } from './access-rules.ts';
import type { Clause } from './clause.ts';

/** A place of an operation that asks something of the caller. */
export interface GuardedField {
  readonly parentType: string;
  readonly node: FieldNode;
  /** Response keys from the root. Indices of lists are not known before execution. */
  readonly path: readonly string[];
  readonly clauses: readonly Clause[];
  /** When the field is included at all. */
  readonly condition: Condition;
  /** The guarded field around it. */
  readonly within: GuardedField | undefined;
}

interface Place {
  readonly within: GuardedField | undefined;
  readonly parentType: string;
  readonly path: readonly string[];
  readonly condition: Condition;
}

/** Fragments within fragments can make exponentially many places of a few: who needs more than this means no good. */
const MAX_SELECTIONS = 50_000;

/**
 * Finds every guarded field that an operation names, through aliases, fragments and type conditions.
 * @throws {RequestRejectedError} with OPERATION_TOO_LARGE.
 */
export function guardedFields(schema: GraphQLSchema, operation: Operation, rules: AccessRules): GuardedField[] {
  if (!rules.any) return [];
  const found = new Map<string, GuardedField>();
  const visited = new Set<string>();
  let looked = 0;

  const visitField = (node: FieldNode, place: Place): void => {
    const path = [...place.path, (node.alias ?? node.name).value];
    const clauses = rules.clausesOf(place.parentType, node.name.value);
    let { within } = place;
    if (clauses.length > 0) {
      within = { parentType: place.parentType, node, path, clauses, condition: place.condition, within };
      const given = (node.arguments ?? []).map(print).join();
      found.set(`${placeKey({ ...place, path })} ${node.name.value}(${given})`, within);
    }
    const result = resultType(schema, place.parentType, node.name.value);
    if (result === undefined) return;
    visitAll(node.selectionSet?.selections, { parentType: result, path, condition: place.condition, within });
  };

  const visit = (selection: SelectionNode, place: Place): void => {
    if (++looked > MAX_SELECTIONS) throw new RequestRejectedError([TOO_LARGE]);
    const condition = conditionWithin(place.condition, selection.directives);
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

  const root = { parentType: operation.rootType.name, path: [], condition: ALWAYS, within: undefined };
  visitAll(operation.definition.selectionSet.selections, root);
  return [...found.values()];
}

const TOO_LARGE = maskError(new CodedError('OPERATION_TOO_LARGE'));

/** Objects that exclude one another may have different fields under one path: those around are told apart by name. */
function placeKey({ parentType, path, condition, within }: Place): string {
  const around: string[] = [];
  for (let field = within; field !== undefined; field = field.within) {
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

import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { CostModel } from './cost-model.ts';
import type { CostDefaults } from './estimate.ts';

/** The cost of a response, by the weights of the estimate and the real length of its lists. */
export function actualCost(
  schema: GraphQLSchema,
  model: CostModel,
  defaults: CostDefaults,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  data: unknown,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  const objectCost = (set: SelectionSetNode, type: GraphQLNamedType, object: object, seen: Set<string>): number => {
    let total = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        if (!seen.has(key)) total += fieldCost(selection.name.value, key, selection.selectionSet, type, object, seen);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const condition = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (fragment && condition && applies(condition, type)) {
        total += objectCost(fragment.selectionSet, condition, object, seen);
      }
    }
    return total;
  };

  /** Without `__typename`, a fragment counts wherever it may apply; otherwise its fields are absent anyway. */
  const applies = (condition: GraphQLNamedType, type: GraphQLNamedType): boolean =>
    condition === type || isAbstractType(type) || isAbstractType(condition);

  const fieldCost = (
    name: string,
    key: string,
    set: SelectionSetNode | undefined,
    type: GraphQLNamedType,
    object: object,
    seen: Set<string>,
  ): number => {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    const value = (object as Record<string, unknown>)[key];
    if (!field || value === null || value === undefined) return 0;
    seen.add(key);
    const named = getNamedType(field.type);
    const weights = model.weights;
    const weight = weights.get(`${type.name}.${name}`) ?? weights.get(named.name) ?? (isCompositeType(named) ? 1 : 0);
    return valueCost(value, weight, set, named);
  };

  const valueCost = (
    value: unknown,
    weight: number,
    set: SelectionSetNode | undefined,
    named: GraphQLNamedType,
  ): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + valueCost(item, weight, set, named), 0);
    if (value === null || typeof value !== 'object' || !set) return weight;
    return weight + objectCost(set, named, value, new Set());
  };

  const root = schema.getRootType(operation.operation);
  if (!root || typeof data !== 'object' || data === null) return 0;
  const writes =
    operation.operation === OperationTypeNode.MUTATION ? Object.keys(data).length * defaults.mutationField : 0;
  return writes + objectCost(operation.selectionSet, root, data, new Set());
}

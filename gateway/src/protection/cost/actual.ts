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

/** What an answer really weighed: by the same weights as the estimate, and its lists as long as they were. */
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

  const ofObject = (set: SelectionSetNode, type: GraphQLNamedType, object: object, seen: Set<string>): number => {
    let total = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        if (!seen.has(key)) total += ofField(selection.name.value, key, selection.selectionSet, type, object, seen);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const condition = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (fragment && condition && applies(condition, type)) {
        total += ofObject(fragment.selectionSet, condition, object, seen);
      }
    }
    return total;
  };

  /** Without `__typename` in the answer a fragment counts wherever it may apply: its fields are absent otherwise. */
  const applies = (condition: GraphQLNamedType, type: GraphQLNamedType): boolean =>
    condition === type || isAbstractType(type) || isAbstractType(condition);

  const ofField = (
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
    return ofValue(value, weight, set, named);
  };

  const ofValue = (
    value: unknown,
    weight: number,
    set: SelectionSetNode | undefined,
    named: GraphQLNamedType,
  ): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + ofValue(item, weight, set, named), 0);
    if (value === null || typeof value !== 'object' || !set) return weight;
    return weight + ofObject(set, named, value, new Set());
  };

  const root = schema.getRootType(operation.operation);
  if (!root || typeof data !== 'object' || data === null) return 0;
  const writes =
    operation.operation === OperationTypeNode.MUTATION ? Object.keys(data).length * defaults.mutationField : 0;
  return writes + ofObject(operation.selectionSet, root, data, new Set());
}

import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isInputObjectType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { type InputDefinition, type InputLimits, limitsOf, stricter } from './limits.ts';

/** The limits of each variable of an operation: those of the places where it is used, also in fragments. */
export function variableLimits(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Map<string, InputLimits> {
  const limits = new Map<string, InputLimits>();
  const pending: (OperationDefinitionNode | FragmentDefinitionNode)[] = [operation];
  const seen = new Set<string>();
  for (let definition = pending.pop(); definition !== undefined; definition = pending.pop()) {
    const { variables, spreads } = usesIn(schema, definition);
    for (const [name, used] of variables) limits.set(name, stricter(limits.get(name) ?? {}, used));
    for (const name of spreads) {
      const fragment = fragments.get(name);
      if (fragment === undefined || seen.has(name)) continue;
      seen.add(name);
      pending.push(fragment);
    }
  }
  return limits;
}

/** The fragments of a document, by name. */
export function fragmentsIn({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function usesIn(schema: GraphQLSchema, definition: OperationDefinitionNode | FragmentDefinitionNode) {
  const variables: [string, InputLimits][] = [];
  const spreads: string[] = [];
  const around: InputLimits[] = [];
  const types = new TypeInfo(schema);
  const enter = (input: InputDefinition | null | undefined): void => void around.push(input ? limitsOf(input) : {});
  const leave = (): void => void around.pop();
  visit(
    definition as ASTNode,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      FragmentSpread: ({ name }) => void spreads.push(name.value),
      Argument: { enter: () => enter(types.getArgument()), leave },
      ObjectField: { enter: ({ name }) => enter(inputFieldIn(types, name.value)), leave },
      Variable: ({ name }) => void variables.push([name.value, around.at(-1) ?? {}]),
    }),
  );
  return { variables, spreads };
}

/** The input field that a visitor is at. */
export function inputFieldIn(
  types: { getParentInputType(): ReturnType<TypeInfo['getParentInputType']> },
  name: string,
): InputDefinition | undefined {
  const type = getNamedType(types.getParentInputType());
  return isInputObjectType(type) ? type.getFields()[name] : undefined;
}

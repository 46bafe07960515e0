import { type ASTVisitor, GraphQLError, isInputObjectType, isNonNullType, Kind, type ValidationContext } from 'graphql';

/**
 * A variable in a `@oneOf` input object must be non-null (specification, section 5.8.5). graphql-js (16.15.0) checks it
 * only where the input object itself is nullable.
 */
export function oneOfVariablesRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: {
      leave: (operation) => {
        const nullable = (operation.variableDefinitions ?? []).filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE);
        for (const { node, parentType } of context.getRecursiveVariableUsages(operation)) {
          const input = isNonNullType(parentType) ? parentType.ofType : undefined;
          const definition = nullable.find(({ variable }) => variable.name.value === node.name.value);
          if (definition === undefined || !isInputObjectType(input) || !input.isOneOf) continue;
          const message = `Variable "$${node.name.value}" must be non-nullable to be used for OneOf Input Object "${input.name}".`;
          context.reportError(new GraphQLError(message, { nodes: [definition, node] }));
        }
      },
    },
  };
}

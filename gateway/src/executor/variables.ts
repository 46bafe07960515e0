import {
  getVariableValues,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import type { CoercedVariables } from '../operation/condition.ts';
import type { Variables } from '../types.ts';

export type Coerced = { readonly values: CoercedVariables } | { readonly errors: readonly GraphQLFormattedError[] };

/** Checks and completes the variables of a request. */
export type CoerceVariables = (given: Variables) => Coerced;

const NO_VALUES: Coerced = { values: {} };
const MAX_ERRORS = 20;

/** Bad variables are errors with BAD_USER_INPUT, `extensions.field` naming the variable where that is known. */
export function compileVariables(schema: GraphQLSchema, operation: OperationDefinitionNode): CoerceVariables {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return () => NO_VALUES;
  return (given) => {
    const { coerced, errors } = getVariableValues(schema, definitions, given, { maxErrors: MAX_ERRORS });
    return coerced === undefined ? { errors: (errors ?? []).map(badInput) } : { values: coerced };
  };
}

const VARIABLE = /^Variable "\$(\w+)"/;

function badInput(error: GraphQLError): GraphQLFormattedError {
  const field = VARIABLE.exec(error.message)?.[1];
  return { ...error.toJSON(), extensions: { code: 'BAD_USER_INPUT', ...(field === undefined ? {} : { field }) } };
}

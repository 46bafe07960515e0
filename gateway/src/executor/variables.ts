import {
  getVariableValues,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';

import type { CoercedVariables } from '../operation/condition.ts';
import type { Variables } from '../operation/operation-request.ts';
import { textProblemIn } from '../operation/text.ts';

export type Coerced = { readonly values: CoercedVariables } | { readonly errors: readonly GraphQLFormattedError[] };

/** Validates and coerces the variables of a request. */
export type CoerceVariables = (given: Variables) => Coerced;

const NO_VALUES: Coerced = { values: {} };
const MAX_ERRORS = 20;

/**
 * Invalid variables are errors with BAD_USER_INPUT and the path from the variable in `extensions.field`.
 *
 * @param conditions the variables of `@skip`, `@include` and `@defer`: a nullable one is valid, but null is not
 */
export function compileVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  conditions: readonly string[],
): CoerceVariables {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return () => NO_VALUES;
  const nullable = definitions.filter(
    ({ type, variable }) => type.kind !== Kind.NON_NULL_TYPE && conditions.includes(variable.name.value),
  );
  return (given) => {
    const { coerced, errors } = getVariableValues(schema, definitions, given, { maxErrors: MAX_ERRORS });
    if (coerced === undefined) return { errors: (errors ?? []).map(badInput) };
    const text = textProblemIn(coerced);
    if (text !== undefined) return { errors: [refused(text.field, text.message)] };
    const undecided = nullable.find(({ variable }) => coerced[variable.name.value] === null);
    return undecided === undefined ? { values: coerced } : { errors: [nullCondition(undecided)] };
  };
}

function nullCondition({ variable }: VariableDefinitionNode): GraphQLFormattedError {
  const field = variable.name.value;
  return refused(field, `Variable "$${field}" is used by @skip, @include or @defer and must not be null.`);
}

const VARIABLE = /^Variable "\$(\w+)"(?: got invalid value .*? at "([\w.[\]]+)";)?/s;

function badInput(error: GraphQLError): GraphQLFormattedError {
  const [, variable, path] = VARIABLE.exec(error.message) ?? [];
  return { ...error.toJSON(), ...refused(path?.replaceAll(/\[(\d+)\]/g, '.$1') ?? variable, error.message) };
}

function refused(field: string | undefined, message: string): GraphQLFormattedError {
  return { message, extensions: { code: 'BAD_USER_INPUT', ...(field !== undefined && { field }) } };
}

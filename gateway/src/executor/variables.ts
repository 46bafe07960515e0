import { compileInput } from '@marquee/input';
import { type GraphQLFormattedError, type GraphQLSchema, Kind, type VariableDefinitionNode } from 'graphql';

import type { CoercedVariables } from '../operation/condition.ts';
import type { Operation } from '../operation/operation.ts';
import type { Variables } from '../operation/operation-request.ts';

export type Coerced = { readonly values: CoercedVariables } | { readonly errors: readonly GraphQLFormattedError[] };

/** Validates and coerces the variables of a request. */
export type CoerceVariables = (given: Variables) => Coerced;

const NO_VALUES: Coerced = { values: {} };

/**
 * Invalid variables are errors with BAD_USER_INPUT and the path from the variable in `extensions.field`.
 *
 * @param conditions the variables of `@skip`, `@include` and `@defer`: a nullable one is valid, but null is not
 */
export function compileVariables(
  schema: GraphQLSchema,
  { definition, fragments }: Pick<Operation, 'definition' | 'fragments'>,
  conditions: readonly string[],
): CoerceVariables {
  const definitions = definition.variableDefinitions ?? [];
  if (definitions.length === 0) return () => NO_VALUES;
  const input = compileInput(schema, definition, fragments);
  const nullable = definitions.filter(
    ({ type, variable }) => type.kind !== Kind.NON_NULL_TYPE && conditions.includes(variable.name.value),
  );
  return (given) => {
    const { values, errors } = input.coerce(given);
    if (errors !== undefined) return { errors: errors.map((error) => error.toJSON()) };
    const undecided = nullable.find(({ variable }) => values[variable.name.value] === null);
    return undecided === undefined ? { values } : { errors: [nullCondition(undecided)] };
  };
}

function nullCondition({ variable }: VariableDefinitionNode): GraphQLFormattedError {
  const field = variable.name.value;
  const message = `Variable "$${field}" is used by @skip, @include or @defer and must not be null.`;
  return { message, extensions: { code: 'BAD_USER_INPUT', field } };
}

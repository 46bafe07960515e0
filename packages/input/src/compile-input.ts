import {
  coerceInputValue,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
  type VariableDefinitionNode,
} from 'graphql';

import type { InputProblem } from './text.ts';
import { compileValueCheck, type ValueCheck } from './value-check.ts';
import { variableLimits } from './variable-limits.ts';
import { withoutValues } from './without-values.ts';

export type GivenVariables = Readonly<Record<string, unknown>>;

export type CoercedInput =
  | { readonly values: Record<string, unknown>; readonly errors?: undefined }
  | { readonly values?: undefined; readonly errors: readonly GraphQLError[] };

/** The variables of one operation. Errors are BAD_USER_INPUT, name the place in `extensions.field`, and quote no value. */
export interface OperationInput {
  /** The first value that exceeds a limit. Cheap: undefined for an operation whose variables have none. */
  readonly limitError: ((given: GivenVariables) => GraphQLError | undefined) | undefined;
  /** Coerces the variables, after their limits. */
  coerce(given: GivenVariables): CoercedInput;
}

interface Variable {
  readonly name: string;
  readonly node: VariableDefinitionNode;
  readonly type: GraphQLInputType;
  /** Undefined without a default. */
  readonly preset: { readonly value: unknown } | undefined;
  readonly check: ValueCheck | undefined;
}

/** Errors after which coercion gives up. */
const MAX_ERRORS = 20;

/** Compiles the checks and the coercion of a valid operation's variables. */
export function compileInput(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): OperationInput {
  const definitions = operation.variableDefinitions ?? [];
  const limits = definitions.length === 0 ? undefined : variableLimits(schema, operation, fragments);
  const variables = definitions.flatMap((node): Variable[] => {
    const [name, type] = [node.variable.name.value, typeFromAST(schema, node.type)];
    if (!isInputType(type)) return [];
    const preset = node.defaultValue && { value: valueFromAST(node.defaultValue, type) };
    return [{ name, node, type, preset, check: compileValueCheck(type, limits?.get(name) ?? {}) }];
  });
  const limited = variables.filter(({ check }) => check !== undefined);
  const limitError = limited.length === 0 ? undefined : (given: GivenVariables) => limitErrorIn(limited, given);
  return {
    limitError,
    coerce: (given) => {
      const error = limitError?.(given);
      return error === undefined ? coerceAll(variables, given) : { errors: [error] };
    },
  };
}

function limitErrorIn(variables: readonly Variable[], given: GivenVariables): GraphQLError | undefined {
  for (const variable of variables) {
    const { name, preset, check } = variable;
    const problem = check?.(Object.hasOwn(given, name) ? given[name] : preset?.value);
    if (problem !== undefined) return badInput(variable, problem);
  }
  return undefined;
}

function coerceAll(variables: readonly Variable[], given: GivenVariables): CoercedInput {
  const values: Record<string, unknown> = {};
  const errors: GraphQLError[] = [];
  for (const variable of variables) {
    const { name, type, preset } = variable;
    if (Object.hasOwn(given, name)) {
      values[name] = coerceOne(variable, given[name], errors);
      if (errors.length >= MAX_ERRORS) break;
    } else if (preset !== undefined) values[name] = preset.value;
    else if (isNonNullType(type)) {
      const message = `Variable "$${name}" of required type "${String(type)}" was not provided.`;
      errors.push(badInput(variable, { message, path: [] }));
    }
  }
  return errors.length > 0 ? { errors } : { values };
}

class TooManyErrors extends Error {}

function coerceOne(variable: Variable, value: unknown, errors: GraphQLError[]): unknown {
  const { name, type } = variable;
  if (value === null && isNonNullType(type)) {
    const message = `Variable "$${name}" of non-null type "${String(type)}" must not be null.`;
    return void errors.push(badInput(variable, { message, path: [] }));
  }
  try {
    return coerceInputValue(value, type, (path, _value, { message }) => {
      const place = path.length === 0 ? '' : ` at "${[name, ...path].join('.')}"`;
      const whole = `Variable "$${name}" got an invalid value${place}: ${withoutValues(message)}`;
      errors.push(badInput(variable, { message: whole, path: [...path] }));
      if (errors.length >= MAX_ERRORS) throw new TooManyErrors();
    });
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error;
    return undefined;
  }
}

function badInput({ name, node }: Variable, { message, path }: InputProblem): GraphQLError {
  return new GraphQLError(message, {
    nodes: node,
    extensions: { code: 'BAD_USER_INPUT', field: [name, ...path].join('.') },
  });
}

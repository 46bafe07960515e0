import {
  getNullableType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLID,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isListType,
  isSpecifiedScalarType,
} from 'graphql';

import { type InputLimits, limitsOf, MAX_ID_LENGTH, MAX_TEXT_LENGTH } from './limits.ts';
import { type InputProblem, textProblem, textProblemIn } from './text.ts';

/** Finds the first part of a JSON value that exceeds a limit. Ignores a part of the wrong type: coercion rejects it. */
export type ValueCheck = (value: unknown) => InputProblem | undefined;

/** Federation's scalar. A representation with an impossible id is an entity that does not exist, and fails no others. */
const REPRESENTATION = '_Any';

/** The check of a type; undefined where a value cannot exceed anything. @param limits of the argument or input field */
export function compileValueCheck(type: GraphQLInputType, limits: InputLimits): ValueCheck | undefined {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return listCheck(compileValueCheck(nullable.ofType, limits), limits.maxItems);
  if (isInputObjectType(nullable)) return objectCheck(nullable);
  if (nullable.name === GraphQLString.name) return textCheck(limits.maxLength ?? MAX_TEXT_LENGTH);
  if (nullable.name === GraphQLID.name) return textCheck(limits.maxLength ?? MAX_ID_LENGTH);
  if (isEnumType(nullable) || isSpecifiedScalarType(nullable) || nullable.name === REPRESENTATION) return undefined;
  return textProblemIn;
}

function textCheck(maxLength: number): ValueCheck {
  return (value) => {
    const message = typeof value === 'string' ? textProblem(value, maxLength) : undefined;
    return message === undefined ? undefined : { message, path: [] };
  };
}

/** A single value counts as a list of one. */
function listCheck(item: ValueCheck | undefined, maxItems = Infinity): ValueCheck | undefined {
  if (item === undefined && maxItems === Infinity) return undefined;
  return (value) => {
    if (!Array.isArray(value)) return item?.(value);
    if (value.length > maxItems) return { message: tooManyItems(maxItems), path: [] };
    return item && firstProblem(value, item);
  };
}

function firstProblem(list: readonly unknown[], check: ValueCheck): InputProblem | undefined {
  for (let index = 0; index < list.length; index++) {
    const problem = check(list[index]);
    if (problem !== undefined) return below(index, problem);
  }
  return undefined;
}

export function tooManyItems(maxItems: number): string {
  return `Send at most ${maxItems} ${maxItems === 1 ? 'item' : 'items'}.`;
}

const compiled = new WeakMap<GraphQLInputObjectType, ValueCheck | undefined>();

/** Compiled once for each type. A type that contains itself is checked all the way down. */
function objectCheck(type: GraphQLInputObjectType): ValueCheck | undefined {
  if (compiled.has(type)) return compiled.get(type);
  compiled.set(type, (value) => compiled.get(type)?.(value));
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const check = compileValueCheck(field.type, limitsOf(field));
    return check === undefined ? [] : [{ name: field.name, check }];
  });
  const check: ValueCheck | undefined = fields.length === 0 ? undefined : (value) => checkFields(fields, value);
  compiled.set(type, check);
  return check;
}

function checkFields(fields: readonly { name: string; check: ValueCheck }[], value: unknown): InputProblem | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const { name, check } of fields) {
    const problem = Object.hasOwn(value, name) ? check((value as Record<string, unknown>)[name]) : undefined;
    if (problem !== undefined) return below(name, problem);
  }
  return undefined;
}

function below(step: string | number, { message, path }: InputProblem): InputProblem {
  return { message, path: [step, ...path] };
}

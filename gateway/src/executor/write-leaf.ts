import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

import { quote, toJson } from './json.ts';
import type { Run } from './run.ts';

/**
 * Writes a value of the data as JSON. Says `null` for what is null or not a value of the type (with an error on the
 * run), and the empty string when a null must go up to the parent.
 */
export type Write = (value: unknown, run: Run) => string;

const MAX_INT = 2 ** 31;

/** Result coercion of scalars and enums. Values of custom scalars are anything that JSON can say. */
export function leafWriter(type: GraphQLLeafType): Write {
  if (isEnumType(type)) return enumWriter(type);
  switch (type.name) {
    case 'String':
      return writeString;
    case 'ID':
      return writeId;
    case 'Int':
      return writeInt;
    case 'Float':
      return writeFloat;
    case 'Boolean':
      return writeBoolean;
    default:
      return writeCustom;
  }
}

function writeString(value: unknown, run: Run): string {
  if (typeof value === 'string') return quote(value);
  return nullOrInvalid(value, run, 'String');
}

function writeId(value: unknown, run: Run): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' && Number.isInteger(value)) return `"${value}"`;
  return nullOrInvalid(value, run, 'ID');
}

function writeInt(value: unknown, run: Run): string {
  if (typeof value === 'number' && Number.isInteger(value) && value < MAX_INT && value >= -MAX_INT)
    return String(value);
  return nullOrInvalid(value, run, 'Int');
}

function writeFloat(value: unknown, run: Run): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return nullOrInvalid(value, run, 'Float');
}

function writeBoolean(value: unknown, run: Run): string {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return nullOrInvalid(value, run, 'Boolean');
}

function writeCustom(value: unknown): string {
  return value === null || value === undefined ? 'null' : toJson(value);
}

/** Only the public values: one that is inaccessible is as wrong as one that does not exist. */
function enumWriter(type: GraphQLEnumType): Write {
  const written = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
  return (value, run) => written.get(value) ?? nullOrInvalid(value, run, type.name);
}

function nullOrInvalid(value: unknown, run: Run, type: string): string {
  if (value !== null && value !== undefined) run.invalidValue(type);
  return 'null';
}

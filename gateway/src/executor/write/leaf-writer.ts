import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

import { toJson } from '../run/json.ts';
import type { Run } from '../run/run.ts';

/** The outcome of writing a value. */
export type Written = typeof RAISED | typeof NULL | typeof VALUE;

/** Null propagates to the parent, which discards its own output. */
export const RAISED = 0;
export const NULL = 1;
export const VALUE = 2;

/**
 * Writes a value as JSON. A value that is not of the type is written as `null`, with an error.
 */
export type Write = (value: unknown, run: Run) => Written;

const MAX_INT = 2 ** 31;

/** Result coercion of scalars and enums. A custom scalar may be any JSON value. */
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

function writeString(value: unknown, run: Run): Written {
  if (typeof value !== 'string') return nullOrInvalid(value, run, 'String');
  run.output.string(value);
  return VALUE;
}

function writeId(value: unknown, run: Run): Written {
  if (typeof value === 'string') run.output.string(value);
  else if (typeof value === 'number' && Number.isInteger(value)) run.output.string(String(value));
  else return nullOrInvalid(value, run, 'ID');
  return VALUE;
}

function writeInt(value: unknown, run: Run): Written {
  if (typeof value === 'number' && Number.isInteger(value) && value < MAX_INT && value >= -MAX_INT) {
    return writeText(String(value), run);
  }
  return nullOrInvalid(value, run, 'Int');
}

function writeFloat(value: unknown, run: Run): Written {
  if (typeof value === 'number' && Number.isFinite(value)) return writeText(String(value), run);
  return nullOrInvalid(value, run, 'Float');
}

function writeBoolean(value: unknown, run: Run): Written {
  if (typeof value === 'boolean') return writeText(value ? 'true' : 'false', run);
  return nullOrInvalid(value, run, 'Boolean');
}

function writeCustom(value: unknown, run: Run): Written {
  return value === null || value === undefined ? writeNull(run) : writeText(toJson(value), run);
}

/** Accepts public values only; inaccessible ones are invalid. */
function enumWriter(type: GraphQLEnumType): Write {
  const written = new Map<unknown, Buffer>(type.getValues().map(({ name }) => [name, Buffer.from(`"${name}"`)]));
  return (value, run) => {
    const bytes = written.get(value);
    if (bytes === undefined) return nullOrInvalid(value, run, type.name);
    run.output.bytes(bytes);
    return VALUE;
  };
}

function writeText(json: string, run: Run): Written {
  run.output.text(json);
  return json === 'null' ? NULL : VALUE;
}

const NULL_BYTES = Buffer.from('null');

export function writeNull(run: Run): typeof NULL {
  run.output.bytes(NULL_BYTES);
  return NULL;
}

/** @param type the expected type */
export function nullOrInvalid(value: unknown, run: Run, type: string): Written {
  if (value !== null && value !== undefined) run.invalidValue(type);
  return writeNull(run);
}

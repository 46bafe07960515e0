import {
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLNamedOutputType,
} from 'graphql';

import { isJsonObject, type JsonObject } from './json.ts';
import type { Run } from './run.ts';
import { leafWriter, type Write } from './write-leaf.ts';

/** Writes an object's fields, or the empty string when one of them is null and must not be. */
export type WriteObject = (object: JsonObject, run: Run) => string;

/** Gives the writer of a selection for objects of one type; nothing when there is no such public type below `declared`. */
export type WriterOfType = (typename: string) => WriteObject | undefined;

/** A writer for values of a type. `coordinate` names the field in errors. */
export function valueWriter(
  type: GraphQLOutputType,
  coordinate: string,
  writerOfType: (declared: GraphQLNamedOutputType) => WriterOfType,
): Write {
  if (isNonNullType(type)) return nonNull(valueWriter(type.ofType, coordinate, writerOfType), coordinate);
  if (isListType(type)) return list(valueWriter(type.ofType, coordinate, writerOfType), coordinate);
  if (isLeafType(type)) return leafWriter(type);
  return isAbstractType(type)
    ? abstractObject(writerOfType(type), type.name)
    : concreteObject(writerOfType(type), type.name);
}

function nonNull(write: Write, coordinate: string): Write {
  return (value, run) => {
    const text = write(value, run);
    if (text !== 'null') return text;
    run.nullAtNonNull(coordinate, value === undefined);
    return '';
  };
}

function list(write: Write, coordinate: string): Write {
  return (value, run) => {
    if (!Array.isArray(value)) {
      if (value !== null && value !== undefined) run.invalidValue(`list (${coordinate})`);
      return 'null';
    }
    const depth = run.depth++;
    let text = '[';
    for (let index = 0; index < value.length; index++) {
      run.path[depth] = index;
      const element = write(value[index], run);
      if (element === '') {
        run.depth = depth;
        return 'null';
      }
      text += index === 0 ? element : `,${element}`;
    }
    run.depth = depth;
    return `${text}]`;
  };
}

function concreteObject(writerOfType: WriterOfType, typename: string): Write {
  let writeObject: WriteObject | undefined;
  return (value, run) => {
    if (!isJsonObject(value)) return nullOrInvalid(value, run, typename);
    writeObject ??= writerOfType(typename);
    return writeObject?.(value, run) || 'null';
  };
}

function abstractObject(writerOfType: WriterOfType, declared: string): Write {
  const writers = new Map<string, WriteObject>();
  return (value, run) => {
    if (!isJsonObject(value)) return nullOrInvalid(value, run, declared);
    const typename = value['__typename'] ?? declared;
    let writeObject = writers.get(typename as string);
    if (writeObject === undefined) {
      writeObject = typeof typename === 'string' ? writerOfType(typename) : undefined;
      // The name is not told: it may be of a type that is not public.
      if (writeObject === undefined) return nullOrInvalid(value, run, declared);
      writers.set(typename as string, writeObject);
    }
    return writeObject(value, run) || 'null';
  };
}

function nullOrInvalid(value: unknown, run: Run, type: string): string {
  if (value !== null && value !== undefined) run.invalidValue(type);
  return 'null';
}

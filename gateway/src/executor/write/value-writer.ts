import {
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLNamedOutputType,
} from 'graphql';

import { isJsonObject, type JsonObject } from '../run/json.ts';
import type { Run } from '../run/run.ts';
import { leafWriter, NULL, nullOrInvalid, RAISED, VALUE, type Write, writeNull, type Written } from './leaf-writer.ts';

/** Writes an object. Returns false when a non-null field is null; the caller then discards the output. */
export type WriteObject = (object: JsonObject, run: Run) => boolean;

/** The writer for objects of one type; undefined when it is not a public subtype of the declared type. */
export type WriterOfType = (typename: string) => WriteObject | undefined;

/** Compiles the writer for values of a type. @param coordinate names the field in errors */
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
    const written = write(value, run);
    if (written !== NULL) return written;
    run.nullAtNonNull(coordinate, value === undefined);
    return RAISED;
  };
}

const [OPEN, COMMA, CLOSE] = ['[', ',', ']'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

function list(write: Write, coordinate: string): Write {
  return (value, run) => {
    if (!Array.isArray(value)) return nullOrInvalid(value, run, `list (${coordinate})`);
    const { output } = run;
    const start = output.length;
    const deferred = run.deferred?.mark;
    const depth = run.depth++;
    output.bytes(OPEN);
    for (let index = 0; index < value.length; index++) {
      run.path[depth] = index;
      if (index > 0) output.bytes(COMMA);
      if (write(value[index], run) === RAISED) {
        run.depth = depth;
        output.rewind(start);
        if (deferred) run.deferred?.rewind(deferred);
        return writeNull(run);
      }
    }
    run.depth = depth;
    output.bytes(CLOSE);
    return VALUE;
  };
}

function concreteObject(writerOfType: WriterOfType, typename: string): Write {
  let writeObject: WriteObject | undefined;
  return (value, run) => {
    if (!isJsonObject(value)) return nullOrInvalid(value, run, typename);
    writeObject ??= writerOfType(typename);
    return writeObject === undefined ? writeNull(run) : writeOrNull(writeObject, value, run);
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
      // The error does not name the type, because it may not be public.
      if (writeObject === undefined) return nullOrInvalid(value, run, declared);
      writers.set(typename as string, writeObject);
    }
    return writeOrNull(writeObject, value, run);
  };
}

function writeOrNull(writeObject: WriteObject, object: JsonObject, run: Run): Written {
  const start = run.output.length;
  const deferred = run.deferred?.mark;
  if (writeObject(object, run)) return VALUE;
  run.output.rewind(start);
  if (deferred) run.deferred?.rewind(deferred);
  return writeNull(run);
}

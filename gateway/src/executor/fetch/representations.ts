import type { FetchDataRewrite, FetchNode } from '@apollo/query-planner';

import type { JsonObject } from '../run/json.ts';
import { type Fields, fieldsOn, MAX_TYPES, objectWriter, type Writer } from './representation-writer.ts';
import { compileRewrites, type Rewrite, type TypesMatching } from './rewrites.ts';

/** The distinct representations of one fetch. */
export interface Representations {
  /** Each as JSON. */
  readonly texts: readonly string[];
  /** The index of each object's representation; -1 when it has none. */
  readonly indices: readonly number[];
}

export type Represent = (objects: readonly JsonObject[]) => Representations;

interface TypeWriter {
  readonly write: Writer;
  /**
   * The fields, key fields first, of a representation that has only leaves. Objects with equal values are recognised
   * without serialising them.
   */
  readonly leaves: readonly string[] | undefined;
}

export interface RepresentEnvironment {
  readonly typesMatching: TypesMatching;
  typenameIn(subgraph: string, typename: string): string;
  /** The leaves of a type's `@key`s. */
  keysOf(typename: string): ReadonlySet<string>;
}

export function compileRepresent(
  { serviceName, requires = [], inputRewrites = [] }: Pick<FetchNode, 'serviceName' | 'requires' | 'inputRewrites'>,
  { typesMatching, typenameIn, keysOf }: RepresentEnvironment,
): Represent {
  const typenames = inputRewrites.filter(setsTypename);
  const others = inputRewrites.filter((rewrite) => !setsTypename(rewrite));
  /** The `__typename` to send for a type. */
  const writtenTypename = (typename: string): string => {
    const set = typenames.find(({ path: [condition = ''] }) => typesMatching(typeOf(condition)).has(typename));
    return set === undefined ? typenameIn(serviceName, typename) : String(set.setValueTo);
  };
  const rewrite = compileRewrites(others, typesMatching);
  const compileType = (typename: string): TypeWriter => {
    const fields = fieldsOn(typename, requires, typesMatching);
    const keys = keysOf(typename);
    const leaves = leavesOf(fields, keys);
    // An object that the plan does not mean may match a fragment on its interface, with what is required but no key.
    const hasNoKey = leaves !== undefined && !leaves.some((leaf) => keys.has(leaf));
    if (!fields.has('__typename') || hasNoKey) return { write: () => '', leaves: undefined };
    const write = objectWriter(fields, typesMatching, JSON.stringify(writtenTypename(typename)));
    return { write: rewritten(write, rewrite), leaves };
  };
  const types = new Map<unknown, TypeWriter>();
  const typeOfObject = (typename: string): TypeWriter => {
    let type = types.get(typename);
    if (type === undefined) {
      type = compileType(typename);
      if (types.size < MAX_TYPES) types.set(typename, type);
    }
    return type;
  };
  return (objects) => representAll(objects, typeOfObject);
}

function representAll(objects: readonly JsonObject[], typeOfObject: (typename: string) => TypeWriter): Representations {
  const known = new Map<string, number>();
  const seen = new Map<unknown, Seen>();
  const indices: number[] = [];
  for (const object of objects) {
    const typename = object['__typename'];
    const type = typeof typename === 'string' ? typeOfObject(typename) : undefined;
    indices.push(type === undefined ? -1 : indexOf(object, type, known, seen));
  }
  return { texts: [...known.keys()], indices };
}

interface Seen {
  readonly object: JsonObject;
  readonly index: number;
}

function indexOf(object: JsonObject, type: TypeWriter, known: Map<string, number>, seen: Map<unknown, Seen>): number {
  const { leaves } = type;
  const key = leaves?.[0] === undefined ? undefined : object[leaves[0]];
  const like = key === undefined ? undefined : seen.get(key);
  if (like !== undefined && leaves !== undefined && isAlike(object, like.object, leaves)) return like.index;
  const text = type.write(object);
  if (text === '') return -1;
  let index = known.get(text);
  if (index === undefined) {
    index = known.size;
    known.set(text, index);
  }
  if (key !== undefined && like === undefined) seen.set(key, { object, index });
  return index;
}

function isAlike(left: JsonObject, right: JsonObject, leaves: readonly string[]): boolean {
  if (left['__typename'] !== right['__typename']) return false;
  for (const key of leaves) if (left[key] !== right[key]) return false;
  return true;
}

function leavesOf(fields: Fields, keys: ReadonlySet<string>): readonly string[] | undefined {
  if ([...fields.values()].some(({ selections }) => selections !== undefined)) return undefined;
  const leaves = [...fields.keys()].filter((key) => key !== '__typename');
  return [...leaves.filter((key) => keys.has(key)), ...leaves.filter((key) => !keys.has(key))];
}

function rewritten(write: Writer, rewrite: Rewrite | undefined): Writer {
  if (rewrite === undefined) return write;
  return (object) => {
    const text = write(object);
    if (text === '') return text;
    const representation: unknown = JSON.parse(text);
    rewrite(representation);
    return JSON.stringify(representation);
  };
}

/** The most common rewrite. It is applied while writing, without parsing the representation. */
function setsTypename(rewrite: FetchDataRewrite): rewrite is Extract<FetchDataRewrite, { kind: 'ValueSetter' }> {
  const [condition = '', key, ...rest] = rewrite.path;
  return rewrite.kind === 'ValueSetter' && key === '__typename' && rest.length === 0 && condition.startsWith(ON_TYPE);
}

const ON_TYPE = '... on ';

function typeOf(condition: string): string {
  return condition.slice(ON_TYPE.length);
}

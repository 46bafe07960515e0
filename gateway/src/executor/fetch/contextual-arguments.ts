import type { FetchNode } from '@apollo/query-planner';

import { isJsonObject, type JsonObject, toJson } from '../run/json.ts';
import { NO_CONTEXT, type Context } from '../run/context.ts';
import type { TypesMatching } from './rewrites.ts';

/** Reads the contextual arguments (`@fromContext`) of an object; undefined when one of them was not fetched. */
export type ReadContext = (object: JsonObject, ancestors: readonly JsonObject[]) => Context | undefined;

const PARENT = '..';
const TYPE_CONDITION = '... on ';

/** Undefined when the fetch has no contextual arguments. */
export function compileContext(
  rewrites: FetchNode['contextRewrites'],
  typesMatching: TypesMatching,
): ReadContext | undefined {
  if (rewrites === undefined || rewrites.length === 0) return undefined;
  const readers = new Map<string, Read[]>();
  for (const { path, renameKeyTo } of rewrites) {
    readers.set(renameKeyTo, [...(readers.get(renameKeyTo) ?? []), compileRead(path, typesMatching)]);
  }
  return (object, ancestors) => {
    const variables: [string, string][] = [];
    for (const [name, alternatives] of readers) {
      const value = firstOf(alternatives, object, ancestors);
      if (value === undefined) return undefined;
      variables.push([name, toJson(value)]);
    }
    return variables.length === 0 ? NO_CONTEXT : { key: JSON.stringify(variables), variables };
  };
}

type Read = (object: JsonObject, ancestors: readonly JsonObject[]) => unknown;

/** There is an alternative for each type that sets the context. */
function firstOf(alternatives: readonly Read[], object: JsonObject, ancestors: readonly JsonObject[]): unknown {
  for (const read of alternatives) {
    const value = read(object, ancestors);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** @param path one `..` for each field between the object and the one with the context, then the way to the value */
function compileRead(path: readonly string[], typesMatching: TypesMatching): Read {
  const levels = path.filter((segment) => segment === PARENT).length;
  const descend = path.slice(levels).reduceRight<(value: unknown) => unknown>(
    (next, segment) =>
      segment.startsWith(TYPE_CONDITION)
        ? onType(typesMatching(segment.slice(TYPE_CONDITION.length)), next)
        : inEach((value) => next(value[segment])),
    (value) => value,
  );
  return (object, ancestors) => descend(levels === 0 ? object : ancestors.at(-levels));
}

function onType(types: ReadonlySet<string>, next: (value: unknown) => unknown): (value: unknown) => unknown {
  return inEach((value) => {
    // A root object has no `__typename`.
    const typename = value['__typename'];
    return typeof typename !== 'string' || types.has(typename) ? next(value) : undefined;
  });
}

function inEach(read: (value: JsonObject) => unknown): (value: unknown) => unknown {
  const readEach = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(readEach);
    return isJsonObject(value) ? read(value) : value;
  };
  return readEach;
}

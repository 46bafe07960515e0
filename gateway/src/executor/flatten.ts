import type { ResponsePath } from '@apollo/query-planner';

import { isJsonObject, type JsonObject } from './json.ts';

/** Finds the objects at a place of the data, in order; the same object as often as it stands there. */
export type Collect = (root: JsonObject) => JsonObject[];

type Walk = (value: unknown, found: JsonObject[]) => void;

/** @param path of a query plan: data keys, and `@` for each element of a list. */
export function compileCollect(path: ResponsePath): Collect {
  const walk = path.reduceRight<Walk>(
    (next, segment) => (segment === '@' ? each(next) : field(String(segment), next)),
    keep,
  );
  return (root) => {
    const found: JsonObject[] = [];
    walk(root, found);
    return found;
  };
}

const keep: Walk = (value, found) => {
  if (isJsonObject(value)) found.push(value);
};

function each(next: Walk): Walk {
  return (value, found) => {
    if (!Array.isArray(value)) return;
    for (const element of value) {
      if (element !== null && element !== undefined) next(element, found);
    }
  };
}

function field(key: string, next: Walk): Walk {
  return (value, found) => {
    const child = (value as JsonObject)[key];
    if (child !== null && child !== undefined) next(child, found);
  };
}

/** The places at which each object stands: walked again only when there is an error to place. */
export function pathsByObject(root: JsonObject, path: ResponsePath): Map<JsonObject, (string | number)[][]> {
  const paths = new Map<JsonObject, (string | number)[][]>();
  const walk = (value: unknown, rest: ResponsePath, at: (string | number)[]): void => {
    const [segment, ...below] = rest;
    if (value === null || value === undefined) return;
    if (segment === undefined) {
      if (isJsonObject(value)) addTo(paths, value, at);
    } else if (segment === '@') {
      if (Array.isArray(value)) value.forEach((element, index) => walk(element, below, [...at, index]));
    } else {
      walk((value as JsonObject)[segment], below, [...at, segment]);
    }
  };
  walk(root, path, []);
  return paths;
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

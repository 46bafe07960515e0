import type { ResponsePath } from '@apollo/query-planner';

import { isJsonObject, type JsonObject } from '../run/json.ts';

/** Collects the objects at a path of the data, in order and with repetitions. */
export type Collect = (root: JsonObject) => JsonObject[];

type Walk = (value: unknown, found: JsonObject[]) => void;

/** @param path of a query plan: data keys, and `@` for the elements of a list */
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

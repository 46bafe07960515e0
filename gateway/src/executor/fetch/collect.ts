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

/** An object, and the objects around it from the root. */
export interface Ancestry {
  readonly object: JsonObject;
  readonly ancestors: readonly JsonObject[];
}

/** Like {@link compileCollect}, with ancestors. */
export function compileAncestry(path: ResponsePath): (root: JsonObject) => Ancestry[] {
  return (root) => {
    const found: Ancestry[] = [];
    const walk = (value: unknown, depth: number, ancestors: readonly JsonObject[]): void => {
      const segment = path[depth];
      if (Array.isArray(value)) {
        if (segment === '@') for (const element of value) walk(element, depth + 1, ancestors);
      } else if (isJsonObject(value)) {
        if (segment === undefined) found.push({ object: value, ancestors });
        else walk(value[segment], depth + 1, [...ancestors, value]);
      }
    };
    walk(root, 0, []);
    return found;
  };
}

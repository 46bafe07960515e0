import type { ResponsePath } from '@apollo/query-planner';

import { isJsonObject, type JsonObject } from '../run/json.ts';

type Path = (string | number)[];

/** The response paths of each object at a path of the query plan. */
export function pathsByObject(root: JsonObject, path: ResponsePath): Map<JsonObject, Path[]> {
  const paths = new Map<JsonObject, Path[]>();
  const walk = (value: unknown, rest: ResponsePath, at: Path): void => {
    const [segment, ...below] = rest;
    if (value === null || value === undefined) return;
    if (segment === undefined) {
      if (isJsonObject(value)) paths.set(value, [...(paths.get(value) ?? []), at]);
    } else if (segment === '@') {
      if (Array.isArray(value)) value.forEach((element, index) => walk(element, below, [...at, index]));
    } else {
      walk((value as JsonObject)[segment], below, [...at, segment]);
    }
  };
  walk(root, path, []);
  return paths;
}

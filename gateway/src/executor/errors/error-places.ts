import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { Kind, parse } from 'graphql';

import type { JsonObject } from '../run/json.ts';
import { pathsByObject } from './paths-by-object.ts';

type Path = readonly (string | number)[];

/** Translates places in the data of a plan to the client's. */
export interface ErrorPlaces {
  responseKeyOf(dataKey: string): string;
  /** An error's path, cut where the client selected no further. */
  askedPath(path: Path): Path;
}

/** The objects of an entity fetch, and the index of each one's representation. */
export interface Place {
  readonly objects: readonly JsonObject[];
  readonly indices: readonly number[];
}

/** The client's paths of an error: one for each place of the entity, or a single `undefined` when unknown. */
export type PathsOf = (root: JsonObject, errorPath: Path | undefined, place: Place | undefined) => (Path | undefined)[];

/** Translates the paths of a subgraph's errors to the client's. Costs nothing until there is an error. */
export function errorPlacer(fetch: FetchNode, path: ResponsePath, { responseKeyOf, askedPath }: ErrorPlaces): PathsOf {
  const renamed = new Map<string, string>();
  for (const rewrite of fetch.outputRewrites ?? []) {
    if (rewrite.kind === 'KeyRenamer') renamed.set(rewrite.path.at(-1) ?? '', rewrite.renameKeyTo);
  }
  const clientPath = (segments: Path): Path =>
    askedPath(
      segments.map((segment) =>
        typeof segment === 'number' ? segment : responseKeyOf(renamed.get(segment) ?? segment),
      ),
    );

  return (root, errorPath, place) => {
    const places = pathsByObject(root, path);
    if (place === undefined) {
      const below = errorPath ?? onlyRootKey(fetch);
      if (below === undefined) return [undefined];
      return orUnknown([...places.values()].flat().map((at) => clientPath([...at, ...below])));
    }
    const [, index, ...below] = errorPath ?? [];
    const failed = place.objects.filter((_object, position) =>
      typeof index === 'number' ? place.indices[position] === index : (place.indices[position] ?? -1) >= 0,
    );
    if (errorPath !== undefined && typeof index !== 'number') return [undefined];
    const paths = [...new Set(failed)].flatMap((object) => places.get(object) ?? []);
    return orUnknown(
      errorPath === undefined && paths.length > 1 ? [] : paths.map((at) => clientPath([...at, ...below])),
    );
  };
}

function orUnknown(paths: Path[]): (Path | undefined)[] {
  return paths.length === 0 ? [undefined] : paths;
}

/** An error of a fetch with a single root field belongs to that field. */
function onlyRootKey(fetch: FetchNode): Path | undefined {
  const [operation] = parse(fetch.operation).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const [only, ...others] = operation.selectionSet.selections;
  return only?.kind === Kind.FIELD && others.length === 0 ? [(only.alias ?? only.name).value] : undefined;
}

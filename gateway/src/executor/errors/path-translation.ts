import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { Kind, parse } from 'graphql';

import type { JsonObject } from '../run/json.ts';
import { pathsByObject } from './paths-by-object.ts';

type Path = readonly (string | number)[];

export interface PathTranslation {
  responseKeyOf(dataKey: string): string;
  /** Truncates a path at the first field that the client did not select. */
  selectedPath(path: Path): Path;
}

/** The objects that an entity fetch completes, and the index of each one's representation. */
export interface FetchTargets {
  readonly objects: readonly JsonObject[];
  readonly indices: readonly number[];
  /** Number of representations in the request, those of other fetches included. */
  readonly requested: number;
  /** Whether another fetch has reported the errors that are about no entity. */
  readonly isReported: boolean;
}

/** The client's paths of an error: one for each place of the entity, a single `undefined` when unknown. */
export type TranslatePath = (errorPath: Path | undefined) => readonly (Path | undefined)[];

/** Finds the places of a response, once for all of its errors. */
export type TranslatePaths = (root: JsonObject, targets: FetchTargets | undefined) => TranslatePath;

const UNKNOWN: readonly undefined[] = [undefined];
const NOWHERE: readonly Path[] = [];

/** Translates paths of a subgraph's errors to paths in the client's response. */
export function compilePathTranslation(
  fetch: FetchNode,
  path: ResponsePath,
  { responseKeyOf, selectedPath }: PathTranslation,
): TranslatePaths {
  const renamed = new Map<string, string>();
  for (const rewrite of fetch.outputRewrites ?? []) {
    if (rewrite.kind === 'KeyRenamer') renamed.set(rewrite.path.at(-1) ?? '', rewrite.renameKeyTo);
  }
  const clientPath = (segments: Path): Path =>
    selectedPath(
      segments.map((segment) =>
        typeof segment === 'number' ? segment : responseKeyOf(renamed.get(segment) ?? segment),
      ),
    );
  const at = (places: readonly Path[], below: Path): readonly Path[] =>
    places.map((place) => clientPath([...place, ...below]));

  return (root, targets) => {
    const places = pathsByObject(root, path);
    if (targets === undefined) {
      const everywhere = [...places.values()].flat();
      return (errorPath = onlyRootKey(fetch)) =>
        errorPath === undefined || everywhere.length === 0 ? UNKNOWN : at(everywhere, errorPath);
    }
    const byIndex = placesByIndex(places, targets);
    const everywhere = [...byIndex.values()].flat();
    return (errorPath) => {
      if (errorPath === undefined) return at(everywhere, []);
      const [, index, ...below] = errorPath;
      const own = typeof index === 'number' ? byIndex.get(index) : undefined;
      if (own !== undefined) return at(own, below);
      const isOfOthers = typeof index === 'number' && index >= 0 && index < targets.requested;
      return isOfOthers || targets.isReported ? NOWHERE : UNKNOWN;
    };
  };
}

/** The places of each representation, by its index. */
function placesByIndex(
  places: ReadonlyMap<JsonObject, readonly Path[]>,
  { objects, indices }: FetchTargets,
): Map<number, Path[]> {
  const byIndex = new Map<number, Path[]>();
  const seen = new Set<JsonObject>();
  objects.forEach((object, position) => {
    const index = indices[position] ?? -1;
    if (index < 0 || seen.has(object)) return;
    seen.add(object);
    const known = byIndex.get(index);
    const own = places.get(object) ?? [];
    if (known === undefined) byIndex.set(index, [...own]);
    else known.push(...own);
  });
  return byIndex;
}

/** The only root field of a fetch, to which errors without a path belong. */
function onlyRootKey(fetch: FetchNode): Path | undefined {
  const [operation] = parse(fetch.operation).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const [only, ...others] = operation.selectionSet.selections;
  return only?.kind === Kind.FIELD && others.length === 0 ? [(only.alias ?? only.name).value] : undefined;
}

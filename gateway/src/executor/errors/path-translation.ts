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
}

/** The client's paths of an error: one for each place of the entity, or a single `undefined` when unknown. */
export type TranslatePath = (
  root: JsonObject,
  errorPath: Path | undefined,
  targets: FetchTargets | undefined,
) => (Path | undefined)[];

/** Translates paths of a subgraph's errors to paths in the client's response. */
export function compilePathTranslation(
  fetch: FetchNode,
  path: ResponsePath,
  { responseKeyOf, selectedPath }: PathTranslation,
): TranslatePath {
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

  return (root, errorPath, targets) => {
    const places = pathsByObject(root, path);
    if (targets === undefined) {
      const below = errorPath ?? onlyRootKey(fetch);
      if (below === undefined) return [undefined];
      return orUnknown([...places.values()].flat().map((at) => clientPath([...at, ...below])));
    }
    const [, index, ...below] = errorPath ?? [];
    const failed = targets.objects.filter((_object, position) =>
      typeof index === 'number' ? targets.indices[position] === index : (targets.indices[position] ?? -1) >= 0,
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

/** The only root field of a fetch, to which errors without a path belong. */
function onlyRootKey(fetch: FetchNode): Path | undefined {
  const [operation] = parse(fetch.operation).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const [only, ...others] = operation.selectionSet.selections;
  return only?.kind === Kind.FIELD && others.length === 0 ? [(only.alias ?? only.name).value] : undefined;
}

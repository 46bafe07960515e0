import type { FetchNode, ResponsePath } from '@apollo/query-planner';

import { type Context, NO_CONTEXT } from '../run/context.ts';
import type { JsonObject } from '../run/json.ts';
import { type Ancestry, compileAncestry, compileCollect } from './collect.ts';
import { compileContext, type ReadContext } from './contextual-arguments.ts';
import { compileRepresent, type Represent, type RepresentEnvironment } from './representations.ts';

/** The distinct entities that a fetch requests. */
export interface Wanted {
  readonly objects: readonly JsonObject[];
  /** The place of each object's entity in `entities`; -1 when it has none. */
  readonly indices: readonly number[];
  /** Representations as JSON. */
  readonly texts: readonly string[];
  contextOf(index: number): Context;
  /** Equal for entities with equal representations and contexts. */
  keyOf(index: number): string;
}

/** Finds the entities for a fetch. @param only some of the objects at its path */
export type FindWanted = (root: JsonObject, only?: readonly JsonObject[]) => Wanted;

/** Compiles the function that finds the entities for a fetch at a path of the data. */
export function compileWanted(fetch: FetchNode, path: ResponsePath, environment: RepresentEnvironment): FindWanted {
  const represent = compileRepresent(fetch, environment);
  const readContext = compileContext(fetch.contextRewrites, environment.typesMatching);
  if (readContext !== undefined) {
    const collect = compileAncestry(path);
    return (root) => wantedByContext(collect(root), represent, readContext);
  }
  const collect = compileCollect(path);
  return (root, only) => {
    const objects = only ?? collect(root);
    const { texts, indices } = represent(objects);
    return { objects, indices, texts, contextOf: () => NO_CONTEXT, keyOf: (index) => texts[index] ?? '' };
  };
}

function wantedByContext(found: readonly Ancestry[], represent: Represent, readContext: ReadContext): Wanted {
  const objects = found.map(({ object }) => object);
  const indices = objects.map(() => -1);
  const texts: string[] = [];
  const contexts: Context[] = [];
  for (const { context, positions } of byContext(found, readContext)) {
    const own = represent(positions.map((position) => objects[position] as JsonObject));
    positions.forEach((position, each) => {
      const index = own.indices[each] ?? -1;
      if (index >= 0) indices[position] = texts.length + index;
    });
    for (const text of own.texts) {
      texts.push(text);
      contexts.push(context);
    }
  }
  const contextOf = (index: number): Context => contexts[index] ?? NO_CONTEXT;
  return { objects, indices, texts, contextOf, keyOf: (index) => `${contextOf(index).key}\n${texts[index] ?? ''}` };
}

interface SameContext {
  readonly context: Context;
  readonly positions: number[];
}

function byContext(found: readonly Ancestry[], readContext: ReadContext): Iterable<SameContext> {
  const groups = new Map<string, SameContext>();
  found.forEach(({ object, ancestors }, position) => {
    const context = readContext(object, ancestors);
    if (context === undefined) return;
    const known = groups.get(context.key);
    if (known === undefined) groups.set(context.key, { context, positions: [position] });
    else known.positions.push(position);
  });
  return groups.values();
}

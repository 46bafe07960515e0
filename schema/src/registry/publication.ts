import { type PublishedManifest, entryOf } from './published-manifest.ts';
import { publishedText } from './published-text.ts';
import type { Registry } from './registry.ts';
import { sha256 } from './sha256.ts';

/** The files that a publication writes. */
export interface Publication {
  readonly manifest: PublishedManifest;
  /** The changed SDL by subgraph; undefined where the subgraph is removed. */
  readonly changed: ReadonlyMap<string, string | undefined>;
}

/**
 * The next publication: of the whole working tree, or of the candidate alone.
 *
 * @param operations - the SHA-256 of the operations to publish
 */
export function nextPublication(
  { sources, here, candidate }: Pick<Registry, 'sources' | 'here' | 'candidate'>,
  operations: string,
): Publication {
  const live = here.manifest ?? { revision: 0, subgraphs: {}, external: {} };
  const isKept = ([name]: readonly [string, unknown]): boolean => candidate !== undefined && name !== candidate.name;
  const published = sources.subgraphs.filter(({ name }) => candidate === undefined || name === candidate.name);
  const texts = new Map(published.map((subgraph) => [subgraph.name, publishedText(subgraph)]));
  const subgraphs = Object.fromEntries([
    ...Object.entries(live.subgraphs).filter(isKept),
    ...[...texts].map(([name, text]) => [name, sha256(text)] as const),
  ]);
  const external = Object.fromEntries([
    ...Object.entries(live.external ?? {}).filter(isKept),
    ...published.filter(({ isExternal }) => isExternal).map(({ name, url }) => [name, { url }] as const),
  ]);
  const next = { subgraphs, ...(Object.keys(external).length > 0 ? { external } : {}) };
  const changed = [...new Set([...Object.keys(subgraphs), ...Object.keys(live.subgraphs)])].filter(
    (name) => entryOf(next, name) !== entryOf(live, name),
  );
  const operationsNext = candidate ? here.manifest?.operations : operations;
  return {
    manifest: {
      revision: changed.length === 0 ? live.revision : live.revision + 1,
      ...next,
      ...(operationsNext ? { operations: operationsNext } : {}),
    },
    changed: new Map(changed.map((name) => [name, texts.get(name)])),
  };
}

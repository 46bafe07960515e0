import type { Finding } from '../finding.ts';
import { problem, type Published } from '../registry/published.ts';
import { PUBLISHED_OPERATIONS, publishedFile } from '../registry/published-files.ts';
import { entryOf, type PublishedManifest } from '../registry/published-manifest.ts';
import { publishedText } from '../registry/published-text.ts';
import type { PublishedOperation } from '../registry/registration.ts';
import type { CommittedManifest, Registry } from '../registry/registry.ts';
import { sha256 } from '../registry/sha256.ts';

/**
 * Published SDL that was rewritten by something else than a publication since a commit, with its hash in the manifest.
 *
 * A publication counts the revision up, and publishes the SDL of the working tree.
 */
export function rewrittenFindings({ here, committed, sources }: Registry): Finding[] {
  const { manifest } = here;
  if (!manifest || !committed) return [];
  const sdl = new Map(sources.subgraphs.map((subgraph) => [subgraph.name, sha256(publishedText(subgraph))]));
  return changedNames(committed.manifest, manifest)
    .filter((name) => !isPublication(name, manifest, committed, sdl))
    .map((name) => ({
      ...problem(publishedFile(name), `was rewritten since ${committed.commit}, and not by a publication`),
      subgraph: name,
    }));
}

/** Operations of the base that live on, and that the working tree has removed from the published ones. */
export function lostOperations(living: readonly PublishedOperation[], { operations, manifest }: Published): Finding[] {
  if (!manifest) return [];
  const kept = new Set(operations.map(({ client, id }) => `${client} ${id}`));
  return living
    .filter(({ client, id }) => !kept.has(`${client} ${id}`))
    .map(({ client, name }) =>
      problem(PUBLISHED_OPERATIONS, `no longer has ${name} of ${client}, which is neither retired nor unused`),
    );
}

function changedNames(before: PublishedManifest, now: PublishedManifest): string[] {
  const names = new Set([...Object.keys(before.subgraphs), ...Object.keys(now.subgraphs)]);
  return [...names].filter((name) => entryOf(before, name) !== entryOf(now, name));
}

function isPublication(
  name: string,
  { revision, subgraphs }: PublishedManifest,
  { manifest, isBase }: CommittedManifest,
  sdl: ReadonlyMap<string, string>,
): boolean {
  if (revision === manifest.revision) return false;
  // A branch that its base has overtaken, or a publication that is not committed yet.
  if (revision < manifest.revision || !isBase) return true;
  return subgraphs[name] === sdl.get(name);
}

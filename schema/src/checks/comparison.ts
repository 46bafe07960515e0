import type { Composed, Composer } from '../composition.ts';
import type { Finding, Location } from '../finding.ts';
import { locate } from '../registry/locations.ts';
import type { Published, PublishedSubgraph } from '../registry/published.ts';
import { publishedFile } from '../registry/published-files.ts';
import { publishedText } from '../registry/published-text.ts';
import type { SubgraphSource } from '../registry/sources.ts';
import { changesBetween, subgraphSchema } from './changes.ts';
import { apiSchema } from './parsed.ts';
import type { Comparison } from './state.ts';

/**
 * Compares the working tree with the published schema.
 *
 * @returns findings only, when the published schema does not compose
 */
export async function compare(
  subgraphs: readonly SubgraphSource[],
  composed: Composed,
  published: Published,
  compose: Composer,
): Promise<Comparison | readonly Finding[]> {
  const before = [...published.subgraphs.values()];
  const unchanged = before.length === subgraphs.length && subgraphs.every((each) => isPublished(each, before));
  const composedBefore = unchanged ? composed : composePublished(before, compose);
  if (!('api' in composedBefore)) return composedBefore;
  const api = { before: apiSchema(composedBefore), after: apiSchema(composed) };
  return {
    before: { subgraphs: before, composed: composedBefore, api: api.before },
    after: { subgraphs, composed, api: api.after },
    changes: await changesBetween(api.before, api.after),
    subgraphChanges: await changesOfSubgraphs(before, subgraphs),
  };
}

/** Locates a changed coordinate of the public schema: the subgraph, and the line in it. */
export function culpritOf(
  { before, after, subgraphChanges }: Comparison,
  coordinate: string,
): { subgraph?: string; location?: Location } {
  const [type = ''] = coordinate.split(/[.(]/);
  const field = coordinate.replace(/\(.*$/, '');
  const changed = (candidates: readonly string[]): string | undefined =>
    [...subgraphChanges].find(([, changes]) => changes.some((change) => candidates.includes(change.coordinate)))?.[0];
  const having = (): string | undefined =>
    [...after.subgraphs, ...before.subgraphs].find(({ index }) => index.has(coordinate))?.name;
  const name = changed([coordinate]) ?? changed([field]) ?? changed([type]) ?? having();
  if (name === undefined) return {};
  return { subgraph: name, ...placeIn(after.subgraphs, name, coordinate) };
}

/** Locates a coordinate in a subgraph; the first line of the file when it is gone. */
export function placeIn(
  subgraphs: readonly SubgraphSource[],
  name: string,
  coordinate: string,
): { location?: Location } {
  const source = subgraphs.find((subgraph) => subgraph.name === name);
  if (!source) return {};
  return { location: locate(source.index, coordinate) ?? { file: source.file, line: 1, column: 1 } };
}

function isPublished(subgraph: SubgraphSource, published: readonly PublishedSubgraph[]): boolean {
  return published.some(({ name, text }) => name === subgraph.name && text === publishedText(subgraph));
}

function composePublished(subgraphs: readonly PublishedSubgraph[], compose: Composer): Composed | Finding[] {
  const { composed, errors } = compose(
    subgraphs.map(({ name, document }) => ({ name, url: `http://${name}/graphql`, document })),
    true,
  );
  if (composed) return composed;
  return errors.map(({ message }) => ({
    class: 'published',
    rule: 'published',
    severity: 'error',
    message: `The published schema does not compose: ${message}`,
    help: 'Restore schema/published from git. Only npm run schema:publish may write it.',
  }));
}

async function changesOfSubgraphs(
  before: readonly PublishedSubgraph[],
  after: readonly SubgraphSource[],
): Promise<Comparison['subgraphChanges']> {
  const changes = new Map<string, Awaited<ReturnType<typeof changesBetween>>>();
  for (const subgraph of after) {
    const old = before.find(({ name }) => name === subgraph.name);
    if (!old || isPublished(subgraph, before)) continue;
    changes.set(subgraph.name, await changesBetween(subgraphSchema(old.document), subgraphSchema(subgraph.document)));
  }
  for (const { name, index } of before) {
    if (after.some((subgraph) => subgraph.name === name)) continue;
    const message = `Subgraph ${name} was removed (${publishedFile(name)}).`;
    const removed = [...index.keys()].map((coordinate) => ({
      coordinate,
      message,
      meta: {},
      type: 'SUBGRAPH_REMOVED',
    }));
    changes.set(
      name,
      removed.map((change) => ({ ...change, level: 'breaking' as const })),
    );
  }
  return changes;
}

import { indexed } from '../domain/document.ts';
import type { Filling, Rebuilds, Slots, Source } from '../domain/ports.ts';

export interface RebuildDeps {
  readonly rebuilds: Rebuilds;
  readonly slots: Pick<Slots, 'begin' | 'swap' | 'abandon'>;
  readonly source: Source;
  readonly filling: Filling;
}

/**
 * Works on an open request for a rebuild: fills the other slot from catalog and ratings, then has it serve. Meanwhile the
 * present one serves, and events change both, so what happens during the rebuild is in the new one.
 */
export function rebuildWhenAsked({ rebuilds, ...deps }: RebuildDeps): Promise<void> {
  return rebuilds.workOn(async (id) => {
    try {
      await rebuild(deps, (read) => rebuilds.advance(id, read));
      await rebuilds.end(id, null);
    } catch (error) {
      await deps.slots.abandon();
      await rebuilds.end(id, error instanceof Error ? error.message : String(error));
      throw error;
    }
  });
}

async function rebuild(
  { slots, source, filling }: Omit<RebuildDeps, 'rebuilds'>,
  onRead: (count: number) => Promise<void>,
): Promise<void> {
  const slot = await slots.begin();
  for (const pages of [source.titles(), source.venues()]) {
    for await (const documents of pages) {
      await filling.addDocuments(documents.map(indexed));
      await filling.rate(await source.ratings(documents));
      await onRead(documents.length);
    }
  }
  for await (const shows of source.shows()) {
    await filling.addShows(shows);
    await onRead(shows.length);
  }
  await slots.swap(slot);
}

import type { Catalog, CatalogCopy } from '../domain/ports.ts';

/**
 * Takes over what catalog knows and feed does not: shows from before feed was there, and whatever an event did not bring.
 * Once a day; what is known in a newer version stays.
 */
export async function catchUp({
  catalog,
  copy,
}: {
  readonly catalog: Catalog;
  readonly copy: CatalogCopy;
}): Promise<void> {
  if (!(await copy.claim())) return;
  for await (const page of catalog.titles()) await copy.saveTitles(page);
  for await (const page of catalog.venues()) await copy.saveVenues(page);
  for await (const page of catalog.shows()) await copy.saveShows(page);
  await copy.finish();
}

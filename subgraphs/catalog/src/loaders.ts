import DataLoader from 'dataloader';

import type { City } from './domain/city.ts';
import type { Cities, DayOfTitle, Page, Screens, ShowPosition, Shows, Titles, Venues } from './domain/ports.ts';
import type { Show } from './domain/show.ts';
import type { Title } from './domain/title.ts';
import type { Screen, Venue } from './domain/venue.ts';

/** What one request reads: each kind by one statement, however often it is asked for. */
export interface CatalogLoaders {
  /** By their codes. */
  readonly cities: DataLoader<string, City | null>;
  readonly titles: DataLoader<string, Title | null>;
  readonly venues: DataLoader<string, Venue | null>;
  readonly screens: DataLoader<string, Screen | null>;
  readonly shows: DataLoader<string, Show | null>;
  readonly screensOfVenue: DataLoader<string, readonly Screen[]>;
  /** Pages of a day's shows by the title's id: one loader for each day and page asked for. */
  showsOfTitle(day: DayOfTitle, page: Page<ShowPosition>): DataLoader<string, readonly Show[]>;
  /** Pages of a day's shows by the venue's id. */
  showsOfVenue(date: string, page: Page<ShowPosition>): DataLoader<string, readonly Show[]>;
}

export interface LoaderSources {
  readonly cities: Cities;
  readonly titles: Titles;
  readonly venues: Venues;
  readonly screens: Screens;
  readonly shows: Shows;
}

/** The loaders of one request. */
export function catalogLoaders({ cities, titles, venues, screens, shows }: LoaderSources): CatalogLoaders {
  const idOf = ({ id }: { readonly id: string }): string => id;
  const loaderOfTitles = perArguments<Show>();
  const loaderOfVenues = perArguments<Show>();
  return {
    cities: new DataLoader(async (codes) => inOrder(codes, await cities.withCodes(codes), ({ code }) => code)),
    titles: new DataLoader(async (ids) => inOrder(ids, await titles.withIds(ids), idOf)),
    venues: new DataLoader(async (ids) => inOrder(ids, await venues.withIds(ids), idOf)),
    screens: new DataLoader(async (ids) => inOrder(ids, await screens.withIds(ids), idOf)),
    shows: new DataLoader(async (ids) => inOrder(ids, await shows.withIds(ids), idOf)),
    screensOfVenue: new DataLoader(async (ids) => grouped(ids, await screens.ofVenues(ids), ({ venueId }) => venueId)),
    showsOfTitle: (day, page) =>
      loaderOfTitles({ day, page }, async (ids) =>
        grouped(ids, await shows.ofTitles(ids, day, page), ({ titleId }) => titleId),
      ),
    showsOfVenue: (date, page) =>
      loaderOfVenues({ date, page }, async (ids) =>
        grouped(ids, await shows.ofVenues(ids, date, page), ({ venueId }) => venueId),
      ),
  };
}

type Batch<Item> = (ids: readonly string[]) => Promise<Item[][]>;

/** One loader for each set of arguments that a field is asked with in the request. */
function perArguments<Item>(): (args: unknown, batch: Batch<Item>) => DataLoader<string, readonly Item[]> {
  const loaders = new Map<string, DataLoader<string, readonly Item[]>>();
  return (args, batch) => {
    const key = JSON.stringify(args);
    const loader = loaders.get(key) ?? new DataLoader<string, readonly Item[]>(batch);
    loaders.set(key, loader);
    return loader;
  };
}

function inOrder<Item>(
  keys: readonly string[],
  found: readonly Item[],
  keyOf: (item: Item) => string,
): (Item | null)[] {
  const byKey = new Map(found.map((item) => [keyOf(item), item]));
  return keys.map((key) => byKey.get(key) ?? null);
}

function grouped<Item>(keys: readonly string[], found: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>(keys.map((key) => [key, []]));
  for (const item of found) groups.get(keyOf(item))?.push(item);
  return keys.map((key) => groups.get(key) ?? []);
}

import DataLoader from 'dataloader';

import type { City } from './domain/city.ts';
import type { CityDay, Page, ShowSortKey } from './domain/listing.ts';
import type { Cities, Screens, Shows, Titles, Venues } from './domain/ports.ts';
import type { Show } from './domain/show.ts';
import type { Title } from './domain/title.ts';
import type { Screen, Venue } from './domain/venue.ts';

/** The DataLoaders of one request: each sends one statement, however many keys it is asked for. */
export interface Loaders {
  /** By city code. */
  readonly cities: DataLoader<string, City | null>;
  readonly titles: DataLoader<string, Title | null>;
  readonly venues: DataLoader<string, Venue | null>;
  readonly screens: DataLoader<string, Screen | null>;
  readonly shows: DataLoader<string, Show | null>;
  readonly screensOfVenue: DataLoader<string, readonly Screen[]>;
  /** A page of a day's shows by title id: one loader for each day and page. */
  showsOfTitle(day: CityDay, page: Page<ShowSortKey>): DataLoader<string, readonly Show[]>;
  /** A page of a day's shows by venue id: one loader for each day and page. */
  showsOfVenue(date: string, page: Page<ShowSortKey>): DataLoader<string, readonly Show[]>;
}

export interface LoaderDeps {
  readonly cities: Pick<Cities, 'byCodes'>;
  readonly titles: Pick<Titles, 'byIds'>;
  readonly venues: Pick<Venues, 'byIds'>;
  readonly screens: Pick<Screens, 'byIds' | 'ofVenues'>;
  readonly shows: Pick<Shows, 'byIds' | 'ofTitles' | 'ofVenues'>;
}

export function loaders({ cities, titles, venues, screens, shows }: LoaderDeps): Loaders {
  const titlePages = loaderPerArguments<Show>();
  const venuePages = loaderPerArguments<Show>();
  return {
    cities: byKey(
      (codes) => cities.byCodes(codes),
      ({ code }) => code,
    ),
    titles: byId((ids) => titles.byIds(ids)),
    venues: byId((ids) => venues.byIds(ids)),
    screens: byId((ids) => screens.byIds(ids)),
    shows: byId((ids) => shows.byIds(ids)),
    screensOfVenue: groupedBy(
      (ids) => screens.ofVenues(ids),
      ({ venueId }) => venueId,
    ),
    showsOfTitle: (day, page) =>
      titlePages({ day, page }, () =>
        groupedBy(
          (ids) => shows.ofTitles(ids, day, page),
          ({ titleId }) => titleId,
        ),
      ),
    showsOfVenue: (date, page) =>
      venuePages({ date, page }, () =>
        groupedBy(
          (ids) => shows.ofVenues(ids, date, page),
          ({ venueId }) => venueId,
        ),
      ),
  };
}

type Fetch<Item> = (keys: readonly string[]) => Promise<readonly Item[]>;

function byId<Item extends { readonly id: string }>(fetch: Fetch<Item>): DataLoader<string, Item | null> {
  return byKey(fetch, ({ id }) => id);
}

function byKey<Item>(fetch: Fetch<Item>, keyOf: (item: Item) => string): DataLoader<string, Item | null> {
  return new DataLoader(async (keys) => {
    const items = new Map((await fetch(keys)).map((item) => [keyOf(item), item]));
    return keys.map((key) => items.get(key) ?? null);
  });
}

function groupedBy<Item>(fetch: Fetch<Item>, keyOf: (item: Item) => string): DataLoader<string, readonly Item[]> {
  return new DataLoader(async (keys) => {
    const groups = new Map<string, Item[]>(keys.map((key) => [key, []]));
    for (const item of await fetch(keys)) groups.get(keyOf(item))?.push(item);
    return keys.map((key) => groups.get(key) ?? []);
  });
}

/** Keeps one loader for each set of arguments that a field is asked with. */
function loaderPerArguments<Item>() {
  const known = new Map<string, DataLoader<string, readonly Item[]>>();
  return (args: unknown, open: () => DataLoader<string, readonly Item[]>): DataLoader<string, readonly Item[]> => {
    const key = JSON.stringify(args);
    const loader = known.get(key) ?? open();
    known.set(key, loader);
    return loader;
  };
}

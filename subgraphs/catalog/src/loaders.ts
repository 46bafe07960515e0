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
    cities: byKey('code', (codes) => cities.byCodes(codes)),
    titles: byKey('id', (ids) => titles.byIds(ids)),
    venues: byKey('id', (ids) => venues.byIds(ids)),
    screens: byKey('id', (ids) => screens.byIds(ids)),
    shows: byKey('id', (ids) => shows.byIds(ids)),
    screensOfVenue: groupedBy('venueId', (ids) => screens.ofVenues(ids)),
    showsOfTitle: (day, page) =>
      titlePages({ day, page }, () => groupedBy('titleId', (ids) => shows.ofTitles(ids, day, page))),
    showsOfVenue: (date, page) =>
      venuePages({ date, page }, () => groupedBy('venueId', (ids) => shows.ofVenues(ids, date, page))),
  };
}

type Fetch<Item> = (keys: readonly string[]) => Promise<readonly Item[]>;
type Keyed<Key extends string> = Readonly<Record<Key, string>>;

/** Loads the item with a key, or null. */
function byKey<Key extends string, Item extends Keyed<Key>>(key: Key, fetch: Fetch<Item>) {
  return new DataLoader<string, Item | null>(async (keys) => {
    const items = new Map<string, Item>((await fetch(keys)).map((item) => [item[key], item]));
    return keys.map((one) => items.get(one) ?? null);
  });
}

/** Loads the items that share a key, in the order they are fetched. */
function groupedBy<Key extends string, Item extends Keyed<Key>>(key: Key, fetch: Fetch<Item>) {
  return new DataLoader<string, readonly Item[]>(async (keys) => {
    const groups = new Map<string, Item[]>(keys.map((one) => [one, []]));
    for (const item of await fetch(keys)) groups.get(item[key])?.push(item);
    return keys.map((one) => groups.get(one) ?? []);
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

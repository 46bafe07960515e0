import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-catalog';

import { type SeededCity, SeedRepository } from '../adapters/seed.ts';
import type { Title } from '../domain/title.ts';
import { dayAt, daysAfter } from './calendar.ts';
import { readFilms } from './films.ts';
import { LIVE_EVENTS } from './live-events.ts';
import { seedPlaces } from './places.ts';
import { languagesShown, type Repertoire, showsOfCity } from './programme.ts';
import { SEED_CITIES } from './seed-cities.ts';

export interface SeedCatalogDeps {
  readonly databaseUrl: string;
  readonly now?: () => Date;
  /** Called with the text of each SQL statement. */
  readonly onStatement?: (sql: string) => void;
}

/** Counts of the rows that a run added. */
export interface SeededCatalog {
  readonly cities: number;
  readonly titles: number;
  readonly venues: number;
  readonly shows: number;
}

/** Days with shows, today included. */
const DAYS_AHEAD = 14;
/** While Postgres stores one city's shows, the next city's are generated. */
const CONCURRENT_CITIES = 2;
const NOTHING: SeededCatalog = { cities: 0, titles: 0, venues: 0, shows: 0 };

/**
 * Adds the seed's missing cities, venues, titles and shows: all of them on the first run, later only the shows of new
 * days. A second run on the same day sends a single statement and changes nothing.
 */
export async function seedCatalog(deps: SeedCatalogDeps): Promise<SeededCatalog> {
  const { databaseUrl, now = () => new Date(), onStatement } = deps;
  const client = connect(PrismaClient, {
    url: databaseUrl,
    poolSize: CONCURRENT_CITIES,
    applicationName: 'marquee-catalog-seed',
    ...(onStatement && { onStatement }),
  });
  try {
    return await addMissing(new SeedRepository(client), now());
  } finally {
    await client.$disconnect();
  }
}

async function addMissing(store: SeedRepository, now: Date): Promise<SeededCatalog> {
  const seeded = new Map((await store.cities()).map((city) => [city.code, city]));
  if (SEED_CITIES.every(({ code }) => isComplete(seeded.get(code), now))) return NOTHING;
  // Loaded on demand: the data set is large, and most runs add nothing.
  const { cityMapping } = await import('city-timezones');
  const places = seedPlaces(cityMapping);
  const repertoire: Repertoire = { films: await readFilms(), live: LIVE_EVENTS };
  const isNew = SEED_CITIES.some(({ code }) => !seeded.get(code)?.until);
  const missing = places.map((place) => ({
    place,
    days: daysToAdd(seeded.get(place.city.code) ?? { ...place.city, until: null }, now),
  }));
  const shown = languagesShown(missing, repertoire);
  const titles = isNew ? titlesShown(repertoire, shown) : [];
  const venues = isNew ? await store.addPlaces(places, titles) : 0;
  await store.addLanguages(shown);
  let shows = 0;
  await forEachConcurrently(missing, CONCURRENT_CITIES, async ({ place, days }) => {
    if (days.length === 0) return;
    const added = await store.addShows(showsOfCity(place, days, repertoire, now));
    shows += added;
  });
  return { cities: isNew ? places.length : 0, titles: titles.length, venues, shows };
}

/** All titles, with their original language and those in which they are shown. */
function titlesShown({ films, live }: Repertoire, shown: ReadonlyMap<string, ReadonlySet<string>>): Title[] {
  return [...films, ...live].map(({ title }) => {
    const languages = new Set([...title.languages, ...[...(shown.get(title.id) ?? [])].toSorted()]);
    return { ...title, languages: [...languages] };
  });
}

function isComplete(city: SeededCity | undefined, now: Date): boolean {
  return city !== undefined && daysToAdd(city, now).length === 0;
}

function daysToAdd({ timeZone, until }: Pick<SeededCity, 'timeZone' | 'until'>, now: Date): string[] {
  const today = dayAt(now, timeZone);
  const days = Array.from({ length: DAYS_AHEAD }, (_, ahead) => daysAfter(today, ahead));
  return days.filter((day) => until === null || day > until);
}

/** Works through the items in order, up to `limit` at a time. */
async function forEachConcurrently<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

import { connect, type TransactionLimits } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-catalog';

import { saveCities } from '../adapters/cities.ts';
import { addShows, lockSeed, seededCities, seededVenues, type SeededCity } from '../adapters/seed.ts';
import { insertTitles } from '../adapters/titles.ts';
import { insertVenues } from '../adapters/venues.ts';
import { dayAt, daysAfter } from './calendar.ts';
import { readFilms } from './films.ts';
import { LIVE_EVENTS } from './live-events.ts';
import { type SeedPlace, seedPlaces } from './places.ts';
import { type Repertoire, showsOfCity } from './programme.ts';
import { SEED_CITIES } from './seed-cities.ts';

export interface SeedCatalogDeps {
  readonly databaseUrl: string;
  readonly now?: () => Date;
  /** Called with the text of each SQL statement sent. */
  readonly onStatement?: (sql: string) => void;
}

/** What a seeding added. */
export interface SeededCatalog {
  readonly cities: number;
  readonly titles: number;
  readonly venues: number;
  readonly shows: number;
}

/** From the day of the start on, that day included. */
const DAYS_AHEAD = 14;
/** Postgres stores the shows of one city while those of the next are made up here. */
const CITIES_AT_A_TIME = 2;
const LIMITS: TransactionLimits = { maxWait: 60_000, timeout: 60_000 };
const CREATED_BY = 'usr_seed_admin';
const NOTHING: SeededCatalog = { cities: 0, titles: 0, venues: 0, shows: 0 };

/**
 * Makes the seed's cities, venues, titles and shows that are missing: all of them the first time, later the shows of
 * the days that have come into reach. Again on the same day it does nothing, by one statement.
 */
export async function seedCatalog(deps: SeedCatalogDeps): Promise<SeededCatalog> {
  const { databaseUrl, now = () => new Date(), onStatement } = deps;
  const client = connect(PrismaClient, {
    url: databaseUrl,
    poolSize: CITIES_AT_A_TIME,
    applicationName: 'marquee-catalog-seed',
    ...(onStatement && { onStatement }),
  });
  try {
    const seeded = new Map((await seededCities(client)).map((city) => [city.code, city]));
    const at = now();
    if (SEED_CITIES.every(({ code }) => isComplete(seeded.get(code), at))) return NOTHING;
    return await addMissing(client, seeded, at);
  } finally {
    await client.$disconnect();
  }
}

function isComplete(city: SeededCity | undefined, now: Date): boolean {
  return city !== undefined && daysToAdd(city, now).length === 0;
}

function daysToAdd({ timeZone, until }: Pick<SeededCity, 'timeZone' | 'until'>, now: Date): string[] {
  const today = dayAt(now, timeZone);
  const days = Array.from({ length: DAYS_AHEAD }, (_, ahead) => daysAfter(today, ahead));
  return days.filter((day) => until === null || day > until);
}

async function addMissing(
  client: PrismaClient,
  seeded: ReadonlyMap<string, SeededCity>,
  now: Date,
): Promise<SeededCatalog> {
  // The data is large and a restart does without it.
  const { cityMapping } = await import('city-timezones');
  const places = seedPlaces(cityMapping);
  const repertoire: Repertoire = { films: await readFilms(), live: LIVE_EVENTS };
  const isNew = SEED_CITIES.some(({ code }) => !seeded.get(code)?.until);
  const base = isNew ? await addPlacesAndTitles(client, places, repertoire) : NOTHING;
  let shows = 0;
  await eachOf(places, CITIES_AT_A_TIME, async (place) => {
    const { code, timeZone } = place.city;
    const days = daysToAdd({ timeZone, until: seeded.get(code)?.until ?? null }, now);
    if (days.length === 0) return;
    const batches = showsOfCity(place, days, repertoire, now);
    const added = await client.$transaction((tx) => addShows(tx, batches), LIMITS);
    shows += added;
  });
  return { ...base, shows };
}

async function addPlacesAndTitles(
  client: PrismaClient,
  places: readonly SeedPlace[],
  { films, live }: Repertoire,
): Promise<SeededCatalog> {
  const titles = [...films, ...live].map(({ title }) => title);
  return client.$transaction(async (tx) => {
    await lockSeed(tx);
    const present = await seededVenues(tx);
    const venues = places.flatMap((place) => place.venues).filter(({ venue }) => !present.has(venue.id));
    await saveCities(
      tx,
      places.map(({ city }) => city),
    );
    await insertTitles(tx, titles, CREATED_BY, { skipExisting: true });
    await insertVenues(tx, venues);
    return { cities: places.length, titles: titles.length, venues: venues.length, shows: 0 };
  }, LIMITS);
}

/** Works on the things in order, so many at a time. */
async function eachOf<Thing>(
  things: readonly Thing[],
  atATime: number,
  work: (thing: Thing) => Promise<void>,
): Promise<void> {
  const queue = things.values();
  const worker = async (): Promise<void> => {
    for (const thing of queue) await work(thing);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

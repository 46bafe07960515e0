import type { SqlClient, SqlTransaction, TransactionLimits } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';

import type { ShowBatch } from '../domain/show-batch.ts';
import type { Title } from '../domain/title.ts';
import type { SeedPlace } from '../seed/places.ts';
import { showsScheduled } from './catalog-events.ts';
import { CityRepository } from './cities.ts';
import { FactsRepository } from './facts.ts';
import { insertShows } from './insert-shows.ts';
import { insertTitles } from './insert-titles.ts';
import { insertVenues } from './insert-venues.ts';

const LIMITS: TransactionLimits = { maxWait: 60_000, timeout: 60_000 };

/** The days of a city that the seed has filled. */
export interface SeededCity {
  readonly code: string;
  readonly timeZone: string;
  /** The last day with seeded shows. */
  readonly until: string | null;
}

export class SeedRepository {
  readonly #sql: SqlClient;

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  /** All cities, in one statement. */
  async cities(): Promise<SeededCity[]> {
    return this.#sql.$queryRaw<SeededCity[]>`
      SELECT code, time_zone AS "timeZone", (
        SELECT max(local_date)::text FROM shows WHERE city_code = code AND id LIKE code || '\\_shw\\_seed%'
      ) AS until
      FROM cities`;
  }

  /** Stores what is missing, all or nothing. @returns the number of venues added */
  async addPlaces(places: readonly SeedPlace[], titles: readonly Title[]): Promise<number> {
    return this.#sql.$transaction(async (tx) => {
      await lockSeed(tx);
      const present = await seededVenueIds(tx);
      const missing = places.flatMap(({ venues }) => venues.filter(({ venue }) => !present.has(venue.id)));
      await new CityRepository(tx).addMissing(places.map(({ city }) => city));
      await insertTitles(tx, titles, { skipExisting: true });
      await insertVenues(tx, missing);
      return missing.length;
    }, LIMITS);
  }

  /** Adds the languages in which titles are shown, by the title's id, and emits the titles that have new ones. */
  async addLanguages(languages: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    const rows = JSON.stringify([...languages].map(([id, shown]) => ({ id, shown: [...shown] })));
    await this.#sql.$transaction(async (tx) => {
      await lockSeed(tx);
      const changed = await tx.$queryRaw<{ id: string }[]>`
        UPDATE titles SET version = version + 1,
          languages = languages || ARRAY(SELECT unnest(shown) EXCEPT SELECT unnest(languages) ORDER BY 1)
        FROM jsonb_to_recordset(${rows}::jsonb) AS added(id text, shown text[])
        WHERE titles.id = added.id AND NOT languages @> shown RETURNING titles.id`;
      await new FactsRepository(tx).emitTitles(changed.map(({ id }) => id));
    }, LIMITS);
  }

  /** Stores and emits the shows of one city; those whose screen is occupied are skipped. @returns the number added */
  async addShows(batches: readonly ShowBatch[]): Promise<number> {
    return this.#sql.$transaction(async (tx) => {
      const stored = await insertShows(tx, batches, { skipConflicts: true });
      const added = batches
        .map((batch) => ({ ...batch, shows: batch.shows.filter(({ id }) => stored.has(id)) }))
        .filter(({ shows }) => shows.length > 0);
      await appendToOutbox(tx, added.map(showsScheduled));
      return stored.size;
    }, LIMITS);
  }
}

/** Serializes concurrent seeding until the transaction ends. */
async function lockSeed(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('catalog seed'))`;
}

async function seededVenueIds(tx: SqlTransaction): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM venues WHERE id LIKE 'ven\\_seed\\_%'`;
  return new Set(rows.map(({ id }) => id));
}

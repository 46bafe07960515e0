import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';

import type { ShowBatch } from '../domain/ports.ts';
import { showsScheduled } from './outgoing-events.ts';
import { insertShows } from './insert-shows.ts';

/** How far the seed's shows of a city reach. */
export interface SeededCity {
  readonly code: string;
  readonly timeZone: string;
  /** The last day with shows; null where there is none. */
  readonly until: string | null;
}

/** All cities, by one statement. */
export async function seededCities(client: SqlTransaction): Promise<SeededCity[]> {
  return client.$queryRaw<SeededCity[]>`
    SELECT code, time_zone AS "timeZone", (
      SELECT max(local_date)::text FROM shows WHERE city_code = code AND id LIKE code || '\\_shw\\_seed%'
    ) AS until
    FROM cities`;
}

/** The ids of the venues that the seed has made. */
export async function seededVenues(tx: SqlTransaction): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM venues WHERE id LIKE 'ven\\_seed\\_%'`;
  return new Set(rows.map(({ id }) => id));
}

/** Waits for others that seed the database, until the transaction ends. */
export async function lockSeed(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('catalog seed'))`;
}

/**
 * Stores the shows of a city and tells of those stored. A show whose screen somebody has taken meanwhile is left out.
 *
 * @returns how many were stored
 */
export async function addShows(tx: SqlTransaction, batches: readonly ShowBatch[]): Promise<number> {
  const stored = await insertShows(tx, batches, { skipTaken: true });
  const told = batches
    .map((batch) => ({ ...batch, shows: batch.shows.filter(({ id }) => stored.has(id)) }))
    .filter(({ shows }) => shows.length > 0);
  await appendToOutbox(tx, told.map(showsScheduled));
  return stored.size;
}

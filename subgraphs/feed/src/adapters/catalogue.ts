import type { SqlTransaction } from '@marquee/database';
import type { PayloadOf } from '@marquee/events';

import type { KnownTitle, KnownVenue, ScheduledShows } from '../domain/ports.ts';

/** Feed's copy of titles, of what people think of them, and of venues and their cities. An older version changes nothing. */
export class CatalogueRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  /** Facts that an event does not have stay as they are. */
  async saveTitles(payloads: readonly KnownTitle[]): Promise<void> {
    const rows = payloads.map(({ titleId, version, name, facts }) => ({
      ...{ titleId, version, name },
      ...{ genres: facts?.genres, releaseDate: facts?.releaseDate },
    }));
    await this.#tx.$executeRaw`
      INSERT INTO titles AS title (id, version, name, genres, release_date)
      SELECT DISTINCT ON ("titleId") "titleId", version, name, coalesce(genres, '{}'), "releaseDate"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (
        "titleId" text, version int, name text, genres text[], "releaseDate" date)
      ORDER BY "titleId", version DESC
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
        genres = CASE WHEN excluded.genres = '{}' THEN title.genres ELSE excluded.genres END,
        release_date = coalesce(excluded.release_date, title.release_date)
      WHERE title.version < excluded.version`;
  }

  /** Names titles and venues of shows whose own events have not come, as of before they had all facts. */
  async nameThose(payloads: readonly ScheduledShows[]): Promise<void> {
    const titles = new Map(payloads.map(({ title }) => [title.id, title.name]));
    const venues = new Map(payloads.map(({ venue }) => [venue.id, venue.name]));
    await this.#tx.$executeRaw`
      INSERT INTO titles AS title (id, name)
      SELECT id, name FROM unnest(${[...titles.keys()]}::text[], ${[...titles.values()]}::text[]) AS row (id, name)
      ORDER BY id
      ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE title.name IS NULL`;
    await this.#tx.$executeRaw`
      INSERT INTO venues (id, name)
      SELECT id, name FROM unnest(${[...venues.keys()]}::text[], ${[...venues.values()]}::text[]) AS row (id, name)
      ORDER BY id
      ON CONFLICT (id) DO NOTHING`;
  }

  async saveVenues(payloads: readonly KnownVenue[]): Promise<void> {
    const rows = payloads.map(({ venueId, version, name, facts }) => ({ venueId, version, name, ...facts }));
    await this.#tx.$executeRaw`
      WITH row AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row ("venueId" text, version int, name text,
          latitude float8, longitude float8, "cityCode" text, "cityName" text, "timeZone" text)
      ), named AS (
        INSERT INTO cities AS city (code, name, time_zone)
        SELECT DISTINCT ON ("cityCode") "cityCode", "cityName", "timeZone" FROM row WHERE "cityCode" IS NOT NULL
        ORDER BY "cityCode", version DESC
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone
      )
      INSERT INTO venues AS venue (id, version, name, latitude, longitude)
      SELECT DISTINCT ON ("venueId") "venueId", version, name, latitude, longitude FROM row
      ORDER BY "venueId", version DESC
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
        latitude = coalesce(excluded.latitude, venue.latitude), longitude = coalesce(excluded.longitude, venue.longitude)
      WHERE venue.version < excluded.version`;
  }

  /** Of titles; venues are not ranked. */
  async saveRatings(payloads: readonly PayloadOf<'ratings.rating-changed'>[]): Promise<void> {
    const rows = payloads.filter(({ subject }) => subject === 'TITLE');
    await this.#tx.$executeRaw`
      INSERT INTO titles AS title (id, score, average, rating_version)
      SELECT DISTINCT ON ("subjectId") "subjectId", score, average, version
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (
        "subjectId" text, score float8, average float8, version int)
      ORDER BY "subjectId", version DESC
      ON CONFLICT (id) DO UPDATE SET score = excluded.score, average = excluded.average,
        rating_version = excluded.rating_version
      WHERE title.rating_version < excluded.rating_version`;
  }
}

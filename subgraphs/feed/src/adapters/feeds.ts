import type { SqlTransaction } from '@marquee/database';

import type { CityCandidates } from '../domain/candidates.ts';
import type { FeedKey, Feeds, FeedVersions, TasteKey } from '../domain/ports.ts';
import { PROGRESS, type Suggestion, type Taste } from '../domain/taste.ts';
import { KEPT_INTERESTS } from './interests.ts';

/** Interests that suggestions are made from, the latest; they weigh half after so many days. */
const SPEAKING_INTERESTS = 30;
const HALF_WEIGHT_DAYS = 14;
/** How much popularity is damped: without it everybody is suggested what everybody looks at. */
const DAMPING = 0.6;
const SUGGESTIONS = 60;

type Known = Pick<Taste, 'interests' | 'lastVenueId'>;

/** All that feeds are made of, from feed's own copies. */
export class FeedRepository implements Feeds {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async versions({ cityCode, userId }: FeedKey): Promise<FeedVersions | null> {
    const [versions = null] = await this.#sql.$queryRaw<FeedVersions[]>`
      SELECT version::text AS city, (
        SELECT coalesce(max(changed_at)::text, '') || ' ' || count(*) FROM interests WHERE viewer_id = ${userId}
      ) AS taste FROM cities WHERE code = ${cityCode}`;
    return versions;
  }

  /** The next show of each title and venue that can be booked now or later. */
  async candidates(cityCode: string): Promise<CityCandidates> {
    const [city] = await this.#sql.$queryRaw<CityCandidates[]>`
      WITH live AS (
        SELECT id, title_id, venue_id, starts_at, sales_open_at, sold_out,
          min(starts_at) OVER (PARTITION BY title_id) AS premiere_at
        FROM shows WHERE city_code = ${cityCode} AND NOT cancelled AND title_id IS NOT NULL AND starts_at IS NOT NULL
      ), next AS (
        SELECT DISTINCT ON (title_id, venue_id) * FROM live WHERE starts_at > now() AND NOT sold_out
        ORDER BY title_id, venue_id, starts_at, id
      ), candidate AS (
        SELECT title_id, min(premiere_at) AS premiere_at, jsonb_agg(jsonb_build_object(
          'id', next.id, 'venueId', venue.id, 'venueName', venue.name, 'startsAt', (extract(epoch FROM starts_at) * 1000)::bigint,
          'salesOpenAt', (extract(epoch FROM sales_open_at) * 1000)::bigint, 'location', CASE WHEN latitude IS NOT NULL THEN
            jsonb_build_object('latitude', latitude, 'longitude', longitude) END) ORDER BY starts_at, next.id) AS shows
        FROM next JOIN venues AS venue ON venue.id = venue_id GROUP BY title_id
      )
      SELECT coalesce(city.name, city.code) AS "cityName", time_zone AS "timeZone", coalesce((
        SELECT jsonb_agg(jsonb_build_object('titleId', title.id, 'name', title.name, 'genres', genres, 'score', score,
          'average', average, 'heat', heat, 'premiereAt', (extract(epoch FROM premiere_at) * 1000)::bigint, 'shows', shows) ORDER BY title.id)
        FROM candidate JOIN titles AS title ON title.id = title_id
        LEFT JOIN title_heat ON title_heat.title_id = title.id AND title_heat.city_code = city.code
        WHERE title.name IS NOT NULL), '[]') AS titles
      FROM cities AS city WHERE code = ${cityCode}`;
    return city ?? { cityName: cityCode, timeZone: 'UTC', titles: [] };
  }

  async taste({ cityCode, userId }: TasteKey, titleIds: readonly string[]): Promise<Omit<Taste, 'language'>> {
    const [known, suggestions] = await Promise.all([
      this.#known(userId, cityCode),
      this.suggestions(userId, titleIds, SUGGESTIONS),
    ]);
    return { ...known, suggestions };
  }

  async #known(viewerId: string, cityCode: string): Promise<Known> {
    const [known] = await this.#sql.$queryRaw<Known[]>`
      WITH interest AS (
        SELECT * FROM interests WHERE viewer_id = ${viewerId} ORDER BY last_at DESC, title_id LIMIT ${KEPT_INTERESTS}
      )
      SELECT coalesce(jsonb_agg(jsonb_build_object('titleId', title_id, 'progress', progress,
          'lastAt', (extract(epoch FROM last_at) * 1000)::bigint) ORDER BY last_at DESC, title_id), '[]') AS interests,
        (SELECT venue_id FROM interest JOIN shows ON shows.id = show_id WHERE shows.city_code = ${cityCode}
          AND progress >= ${PROGRESS.CHOSE_SEATS}::int ORDER BY progress DESC, last_at DESC LIMIT 1) AS "lastVenueId"
      FROM interest`;
    return known ?? { interests: [], lastVenueId: null };
  }

  /**
   * Titles that people alike looked at, the best first: from each title of the viewer a step to its pairs, by their share
   * of its people, damped by how many people the other has (RP3beta).
   *
   * @param titleIds those that may be suggested
   */
  async suggestions(viewerId: string, titleIds: readonly string[], limit: number): Promise<Suggestion[]> {
    return this.#sql.$queryRaw<Suggestion[]>`
      WITH own AS (
        SELECT title_id, progress, progress * exp(ln(0.5) * extract(epoch FROM now() - last_at) / 86400 / ${HALF_WEIGHT_DAYS}::int)
          AS weight
        FROM interests WHERE viewer_id = ${viewerId} ORDER BY last_at DESC, title_id LIMIT ${SPEAKING_INTERESTS}
      ), step AS (
        SELECT other_id, own.title_id, progress, own.weight * pair.weight / title.viewers AS share
        FROM own JOIN titles AS title ON title.id = own.title_id JOIN title_pairs AS pair ON pair.title_id = own.title_id
        WHERE other_id = ANY (${titleIds})
          AND NOT EXISTS (SELECT FROM interests WHERE viewer_id = ${viewerId} AND interests.title_id = other_id)
      ), best AS (
        SELECT other_id, sum(share) / other.viewers ^ ${DAMPING}::float8 AS score,
          (array_agg(step.title_id ORDER BY share DESC, step.title_id))[1] AS because,
          (array_agg(progress ORDER BY share DESC, step.title_id))[1] AS progress
        FROM step JOIN titles AS other ON other.id = other_id
        GROUP BY other_id, other.viewers ORDER BY score DESC, other_id LIMIT ${limit}
      )
      SELECT other_id AS "titleId", CASE WHEN title.name IS NOT NULL THEN
        jsonb_build_object('titleName', title.name, 'booked', progress = ${PROGRESS.BOOKED}::int) END AS because
      FROM best JOIN titles AS title ON title.id = because ORDER BY best.score DESC, other_id`;
  }
}

import type { SqlTransaction } from '@marquee/database';

import type { Progress } from '../domain/taste.ts';

/** Somebody did something about a title, now or at another time. */
export interface Visit {
  /** A user's id, else a visitor's. */
  readonly viewerId: string;
  /** Null for the title of the show. */
  readonly titleId: string | null;
  readonly showId: string | null;
  /** Null where it is not known. */
  readonly cityCode: string | null;
  readonly progress: Progress;
  /** An ISO 8601 instant. */
  readonly at: string;
}

/** Titles of a viewer that are kept, the latest; and those that count as co-visits with a new one. */
export const KEPT_INTERESTS = 50;
const PAIRED_INTERESTS = 30;
/** The half-life of heat. */
const HALF_LIFE_SECONDS = 2 * 24 * 60 * 60;
/** A viewer heats a title once in so long, however often they look at it. */
const HEATS_EVERY = '1 hour';

/** Interests of people and visitors in titles, and the figures of titles that follow. */
export class InterestRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  /**
   * Records visits. A title that is new to a viewer makes pairs with the latest others of theirs, each with the weight of
   * one in so many: who looks at everything says little. Once they are known to a viewer, titles make no pairs again.
   */
  async record(visits: readonly Visit[]): Promise<void> {
    if (visits.length === 0) return;
    await this.#heat(visits);
    await this.#tx.$executeRaw`
      WITH visit AS (
        SELECT "viewerId" AS viewer_id, coalesce("titleId", show.title_id) AS title_id, "showId" AS show_id, progress,
          least(at, now()) AS at
        FROM jsonb_to_recordset(${JSON.stringify(visits)}::jsonb) AS visit (
          "viewerId" text, "titleId" text, "showId" text, progress int, at timestamptz)
        LEFT JOIN shows AS show ON show.id = "showId" AND "titleId" IS NULL
      ), incoming AS (
        SELECT viewer_id, title_id, max(progress) AS progress, max(at) AS at,
          (array_agg(show_id ORDER BY at DESC) FILTER (WHERE show_id IS NOT NULL))[1] AS show_id
        FROM visit WHERE title_id IS NOT NULL GROUP BY viewer_id, title_id
      ), known AS (
        SELECT viewer_id, title_id, last_at FROM interests
        WHERE viewer_id IN (SELECT viewer_id FROM incoming)
      ), fresh AS (
        SELECT viewer_id, title_id, at FROM incoming WHERE NOT EXISTS (
          SELECT FROM known WHERE known.viewer_id = incoming.viewer_id AND known.title_id = incoming.title_id)
      ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY viewer_id ORDER BY at DESC, title_id) AS place,
          least(count(*) OVER (PARTITION BY viewer_id), ${PAIRED_INTERESTS}::int) AS titles
        FROM (SELECT viewer_id, title_id, last_at AS at, false AS is_fresh FROM known
          UNION ALL SELECT viewer_id, title_id, at, true FROM fresh) AS every
      ), latest AS (
        SELECT * FROM ranked WHERE place <= ${PAIRED_INTERESTS}::int
      ), pair AS (
        SELECT one.title_id, other.title_id AS other_id, 1.0 / one.titles AS weight
        FROM latest AS one JOIN latest AS other USING (viewer_id)
        WHERE (one.is_fresh OR other.is_fresh) AND one.title_id <> other.title_id
      ), paired AS (
        INSERT INTO title_pairs AS pair (title_id, other_id, weight)
        SELECT title_id, other_id, sum(weight) FROM pair GROUP BY title_id, other_id ORDER BY title_id, other_id
        ON CONFLICT (title_id, other_id) DO UPDATE SET weight = pair.weight + excluded.weight
      ), counted AS (
        INSERT INTO titles AS title (id, viewers)
        SELECT title_id, count(*) FROM fresh GROUP BY title_id ORDER BY title_id
        ON CONFLICT (id) DO UPDATE SET viewers = title.viewers + excluded.viewers
      ), forgotten AS (
        DELETE FROM interests USING ranked
        WHERE ranked.place > ${KEPT_INTERESTS}::int AND interests.viewer_id = ranked.viewer_id
          AND interests.title_id = ranked.title_id AND (ranked.viewer_id, ranked.title_id) NOT IN (
            SELECT viewer_id, title_id FROM incoming)
      )
      INSERT INTO interests AS interest (viewer_id, title_id, progress, show_id, last_at)
      SELECT viewer_id, title_id, progress, show_id, at FROM incoming ORDER BY viewer_id, title_id
      ON CONFLICT (viewer_id, title_id) DO UPDATE SET progress = greatest(interest.progress, excluded.progress),
        show_id = coalesce(excluded.show_id, interest.show_id), last_at = greatest(interest.last_at, excluded.last_at),
        changed_at = now()`;
  }

  /** Adds each visit's 2^(time / half-life) to the heat, which is the logarithm of their sum. */
  async #heat(visits: readonly Visit[]): Promise<void> {
    await this.#tx.$executeRaw`
      WITH visit AS (
        SELECT "viewerId" AS viewer_id, "cityCode" AS city_code, coalesce("titleId", show.title_id) AS title_id,
          max(progress) AS progress, max(least(at, now())) AS at
        FROM jsonb_to_recordset(${JSON.stringify(visits)}::jsonb) AS visit (
          "viewerId" text, "titleId" text, "showId" text, "cityCode" text, progress int, at timestamptz)
        LEFT JOIN shows AS show ON show.id = "showId" AND "titleId" IS NULL
        GROUP BY 1, 2, 3
      ), counting AS (
        SELECT city_code, title_id, ln(visit.progress::float8) + ln(2::float8) * extract(epoch FROM at)::float8 / ${HALF_LIFE_SECONDS}::int AS heat
        FROM visit LEFT JOIN interests AS known USING (viewer_id, title_id)
        WHERE city_code IS NOT NULL AND title_id IS NOT NULL AND (known.title_id IS NULL
          OR known.progress < visit.progress OR known.last_at < visit.at - ${HEATS_EVERY}::interval)
      ), added AS (
        SELECT city_code, title_id, max(heat) OVER title AS most, heat FROM counting
        WINDOW title AS (PARTITION BY city_code, title_id)
      )
      INSERT INTO title_heat AS known (city_code, title_id, heat)
      SELECT city_code, title_id, most + ln(sum(exp(greatest(heat - most, -60))))
      FROM added GROUP BY city_code, title_id, most ORDER BY city_code, title_id
      ON CONFLICT (city_code, title_id) DO UPDATE SET heat = greatest(known.heat, excluded.heat)
        + ln(1 + exp(-least(abs(known.heat - excluded.heat), 60)))`;
  }
}

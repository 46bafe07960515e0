import type { SqlTransaction } from '@marquee/database';

/** The marks that a session keeps: people stay far below. */
const MAX_MARKS = 1_000;

/**
 * Merges the fresh events into sessions. One that comes late may join two, so each session that an event could belong to is
 * taken out and put together anew, from its own marks and the new ones.
 */
export async function mergeSessions(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    WITH batch AS (
      SELECT visitor, min(at) AS first_at, max(at) AS last_at FROM fresh_events GROUP BY visitor
    ), touched AS (
      DELETE FROM sessions USING batch
      WHERE sessions.visitor = batch.visitor AND sessions.last_at >= batch.first_at - interval '30 minutes'
        AND sessions.started_at <= batch.last_at + interval '30 minutes'
      RETURNING sessions.visitor, sessions.started_at, sessions.last_at, events, city_code, city_mark, marks
    ), pieces AS (
      SELECT * FROM touched
      UNION ALL
      SELECT visitor, at, at, 1, city_code, CASE WHEN city_code IS NOT NULL THEN mark END, ARRAY[mark] FROM fresh_events
    ), placed AS (
      SELECT *, coalesce(started_at > max(last_at) OVER earlier + interval '30 minutes', false) AS is_first FROM pieces
      WINDOW earlier AS (
        PARTITION BY visitor ORDER BY started_at, last_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), numbered AS (
      SELECT *, count(*) FILTER (WHERE is_first) OVER (
        PARTITION BY visitor ORDER BY started_at, last_at ROWS UNBOUNDED PRECEDING) AS number
      FROM placed
    ), merged AS (
      SELECT visitor, number, min(started_at) AS started_at, max(last_at) AS last_at, sum(events)::int AS events,
        (array_agg(city_code ORDER BY city_mark, city_code) FILTER (WHERE city_mark IS NOT NULL))[1] AS city_code,
        min(city_mark) AS city_mark
      FROM numbered GROUP BY visitor, number
    ), marked AS (
      SELECT visitor, number, mark, (mark % 2048)::int AS code, row_number() OVER ordered AS position,
        lag((mark % 2048)::int) OVER ordered AS before
      FROM numbered, unnest(marks) AS mark
      WINDOW ordered AS (PARTITION BY visitor, number ORDER BY mark)
    ), paths AS (
      SELECT visitor, number, array_agg(mark ORDER BY position) AS marks,
        string_agg(chr(code), '' ORDER BY position) FILTER (WHERE code IS DISTINCT FROM before) AS path
      FROM marked WHERE position <= ${MAX_MARKS}::int GROUP BY visitor, number
    )
    INSERT INTO sessions (visitor, started_at, last_at, events, city_code, city_mark, marks, path)
    SELECT visitor, started_at, last_at, events, city_code, city_mark, marks, path
    FROM merged JOIN paths USING (visitor, number)`;
}

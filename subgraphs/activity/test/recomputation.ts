import type { SqlTransaction } from '@marquee/database';
import { sql } from '@marquee/database';

import type { TrackedEvent } from '../src/domain/tracked-event.ts';

const HALF_HOUR_MS = 30 * 60 * 1_000;

/** All that is kept of events, in an order that shows differences. */
export async function kept(database: SqlTransaction) {
  return {
    minutes: await database.$queryRaw(sql`SELECT * FROM event_minutes ORDER BY minute, name, city_code`),
    sessions: await database.$queryRaw(
      sql`SELECT visitor::text, started_at, last_at, events, city_code, path FROM sessions ORDER BY visitor, started_at`,
    ),
    visitors: await database.$queryRaw(sql`SELECT minute, visitor::text FROM minute_visitors ORDER BY 1, 2`),
    histories: await database.$queryRaw(sql`
      SELECT user_id, kind::text, at, title_id, search_text FROM history_entries ORDER BY user_id, at, kind`),
  };
}

/** The same, computed in another way from the events as they are stored. */
export async function recomputed(database: SqlTransaction) {
  return {
    minutes: await database.$queryRaw(sql`
      SELECT date_trunc('minute', at) AS minute, name, coalesce(city_code, '') AS city_code, count(*)::int AS events,
        count(*) FILTER (WHERE suspicious)::int AS suspicious
      FROM events GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
    sessions: await database.$queryRaw(sql`
      WITH coded AS (
        SELECT events.*, code FROM events JOIN event_names USING (name)
      ), split AS (
        SELECT *, at - lag(at) OVER mine > interval '30 minutes' AS begins FROM coded
        WINDOW mine AS (PARTITION BY visitor ORDER BY at, code)
      ), numbered AS (
        SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY visitor ORDER BY at, code ROWS UNBOUNDED PRECEDING) AS session
        FROM split
      ), compared AS (
        SELECT *, lag(code) OVER (PARTITION BY visitor, session ORDER BY at, code) AS former FROM numbered
      )
      SELECT visitor::text, min(at) AS started_at, max(at) AS last_at, count(*)::int AS events,
        (array_agg(city_code ORDER BY at, code) FILTER (WHERE city_code IS NOT NULL))[1] AS city_code,
        string_agg(chr(code), '' ORDER BY at, code) FILTER (WHERE code IS DISTINCT FROM former) AS path
      FROM compared GROUP BY visitor, session ORDER BY 1, 2`),
    visitors: await database.$queryRaw(sql`
      SELECT DISTINCT date_trunc('minute', at) AS minute, visitor::text FROM events
      WHERE at > now() - interval '4 hours' ORDER BY 1, 2`),
    histories: await database.$queryRaw(sql`
      SELECT user_id, CASE name WHEN 'search' THEN 'SEARCH' ELSE 'VIEW' END AS kind, at, title_id, search_text FROM events
      WHERE user_id IS NOT NULL AND (name IN ('title_view', 'show_view') AND title_id IS NOT NULL
        OR name = 'search' AND search_text IS NOT NULL)
      ORDER BY user_id, at, 2`),
  };
}

/** The visitors who took each step in order, within a session that began in the period; computed from a list of events. */
export function funnelByHand(events: readonly TrackedEvent[], steps: readonly string[]): number[] {
  const depths = new Map<string, number>();
  for (const session of sessionsOf(events)) {
    let depth = 0;
    for (const { name } of session) if (name === steps[depth]) depth += 1;
    const [{ visitor }] = session as [TrackedEvent];
    depths.set(visitor, Math.max(depth, depths.get(visitor) ?? 0));
  }
  return steps.map((_step, index) => [...depths.values()].filter((depth) => depth > index).length);
}

function sessionsOf(events: readonly TrackedEvent[]): TrackedEvent[][] {
  const sessions: TrackedEvent[][] = [];
  const ordered = events.toSorted((a, b) => a.visitor.localeCompare(b.visitor) || a.at.getTime() - b.at.getTime());
  for (const event of ordered) {
    const last = sessions.at(-1)?.at(-1);
    const goesOn = last?.visitor === event.visitor && event.at.getTime() - last.at.getTime() <= HALF_HOUR_MS;
    if (goesOn) sessions.at(-1)?.push(event);
    else sessions.push([event]);
  }
  return sessions;
}

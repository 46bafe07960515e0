import type { SqlTransaction } from '@marquee/database';

import { EVENT_ENTRIES } from '../../emits.ts';

/** Emits the fresh events that others consume, several hundred in one. */
export async function emitFresh(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    WITH told AS (
      SELECT CASE WHEN name LIKE 'ad\_%' THEN 'activity.ad-events-recorded' ELSE 'activity.visits-recorded' END AS type,
        fresh_events.*
      FROM fresh_events
      WHERE name IN ('title_view', 'show_view', 'search_click') AND title_id IS NOT NULL
        OR name IN ('ad_impression', 'ad_click') AND impression_token IS NOT NULL
    ), numbered AS (
      SELECT *, (row_number() OVER (PARTITION BY type ORDER BY at, id) - 1) / ${EVENT_ENTRIES}::int AS part FROM told
    )
    INSERT INTO outbox_events (id, type, key, payload)
    SELECT gen_random_uuid(), type, min(id::text), json_build_object(
      CASE type WHEN 'activity.visits-recorded' THEN 'visits' ELSE 'events' END,
      json_agg(
        CASE type WHEN 'activity.visits-recorded' THEN json_build_object(
          'eventId', id, 'userId', user_id, 'visitorId', visitor, 'suspicious', suspicious,
          'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'kind', upper(name), 'titleId', title_id, 'cityCode', city_code)
        ELSE json_build_object(
          'eventId', id, 'userId', user_id, 'visitorId', visitor, 'suspicious', suspicious,
          'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'kind', upper(substr(name, 4)), 'impressionToken', impression_token) END
        ORDER BY at, id))::jsonb
    FROM numbered GROUP BY type, part ORDER BY type, part`;
}

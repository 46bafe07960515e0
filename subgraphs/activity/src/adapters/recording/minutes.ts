import type { SqlTransaction } from '@marquee/database';

/** Counts the fresh events by minute, name and city, and who came in each minute of the last hours. */
export async function countMinutes(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO event_minutes AS known (minute, name, city_code, events, suspicious)
    SELECT date_trunc('minute', at) AS minute, counted_name, coalesce(city_code, ''), count(*),
      count(*) FILTER (WHERE suspicious)
    FROM fresh_events GROUP BY 1, 2, 3
    ON CONFLICT (minute, name, city_code) DO UPDATE
    SET events = known.events + excluded.events, suspicious = known.suspicious + excluded.suspicious`;
  await tx.$executeRaw`
    INSERT INTO minute_visitors (minute, visitor)
    SELECT DISTINCT date_trunc('minute', at), visitor FROM fresh_events WHERE at > clock_timestamp() - interval '4 hours'
    ON CONFLICT DO NOTHING`;
}

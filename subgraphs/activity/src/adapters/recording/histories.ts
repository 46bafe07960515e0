import type { SqlTransaction } from '@marquee/database';

/** Adds the fresh events to people's histories. */
export async function addToHistories(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO history_entries (id, user_id, kind, at, title_id, booking_id, search_text)
    SELECT 'his_' || replace(id::text, '-', ''), user_id, kind::"HistoryKind", at, title_id, booking_id,
      CASE kind WHEN 'SEARCH' THEN search_text END
    FROM fresh_events, LATERAL (SELECT CASE
      WHEN name IN ('title_view', 'show_view') AND title_id IS NOT NULL THEN 'VIEW'
      WHEN name = 'search' AND search_text IS NOT NULL THEN 'SEARCH'
      WHEN name = 'booking_confirmed' THEN 'BOOKING' END AS kind) AS entry
    WHERE user_id IS NOT NULL AND kind IS NOT NULL
    ON CONFLICT DO NOTHING`;
}

/** Remembers as whom each person was last seen. */
export async function noteVisitors(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO user_visitors AS known (user_id, visitor, seen_at)
    SELECT DISTINCT ON (user_id) user_id, visitor, at FROM fresh_events WHERE user_id IS NOT NULL
    ORDER BY user_id, at DESC, visitor
    ON CONFLICT (user_id) DO UPDATE SET visitor = excluded.visitor, seen_at = excluded.seen_at
    WHERE excluded.seen_at >= known.seen_at`;
}

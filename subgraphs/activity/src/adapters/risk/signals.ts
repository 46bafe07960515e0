import type { SqlTransaction } from '@marquee/database';

import type { HighDemandShow, Signal } from '../../domain/risk/signal.ts';

/** The accounts that are scored again when one of their card or invitation does something with a card for the first time. */
const MOST_RELATED = 50;

/** Facts about people, in the transaction that receives them. */
export class SignalRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  /** Adds facts, links people to the cards and invitations in them, and has those whom they concern scored. */
  async add(signals: readonly Signal[]): Promise<void> {
    if (signals.length === 0) return;
    await this.#tx.$executeRaw`
      WITH added AS (
        INSERT INTO risk_signals (event_id, user_id, kind, at, subject, show_id, booking_id, seats)
        SELECT "eventId", "userId", kind, at, subject, "showId", "bookingId", coalesce(seats, 0)
        FROM jsonb_to_recordset(${JSON.stringify(signals)}::jsonb) AS signal ("eventId" uuid, "userId" text, kind text,
          at timestamptz, subject text, "showId" text, "bookingId" text, seats int)
        ON CONFLICT (event_id) DO NOTHING RETURNING *
      ), shared AS (
        SELECT CASE kind WHEN 'REGISTERED' THEN 'INVITATION' ELSE 'CARD' END AS kind, subject AS key, user_id,
          min(at) AS first_at, max(at) AS last_at
        FROM added WHERE kind IN ('PAID', 'DECLINED', 'REGISTERED') AND subject IS NOT NULL GROUP BY 1, 2, 3
      ), linked AS (
        INSERT INTO risk_links AS known (kind, key, user_id, first_at, last_at)
        SELECT * FROM shared ORDER BY 1, 2, 3
        ON CONFLICT (kind, key, user_id) DO UPDATE SET first_at = least(known.first_at, excluded.first_at),
          last_at = greatest(known.last_at, excluded.last_at)
        RETURNING kind, key, user_id, xmax = 0 AS is_new
      ), invited AS (
        SELECT own.kind, own.key FROM linked JOIN risk_links AS own USING (user_id)
        WHERE is_new AND linked.kind = 'CARD' AND own.kind = 'INVITATION'
      )
      INSERT INTO risk_due (user_id)
      SELECT user_id FROM added
      UNION SELECT related.user_id FROM (SELECT kind, key FROM linked WHERE is_new UNION SELECT * FROM invited) AS shared
      CROSS JOIN LATERAL (
        SELECT user_id FROM risk_links AS link WHERE link.kind = shared.kind AND link.key = shared.key
        ORDER BY last_at DESC LIMIT ${MOST_RELATED}) AS related`;
  }

  /** Remembers which shows many people want. */
  async addShows(shows: readonly HighDemandShow[]): Promise<void> {
    if (shows.length === 0) return;
    await this.#tx.$executeRaw`
      INSERT INTO high_demand_shows (show_id, ends_at)
      SELECT DISTINCT ON ("showId") "showId", "endsAt" FROM jsonb_to_recordset(${JSON.stringify(shows)}::jsonb)
        AS show ("showId" text, "endsAt" timestamptz)
      ORDER BY "showId", "endsAt" DESC
      ON CONFLICT (show_id) DO UPDATE SET ends_at = excluded.ends_at`;
  }

  /** Deletes what no feature reads any more. */
  async forget(): Promise<void> {
    await this.#tx.$executeRaw`DELETE FROM risk_signals WHERE at < now() - interval '14 days'`;
    await this.#tx.$executeRaw`DELETE FROM risk_links WHERE last_at < now() - interval '30 days'`;
    await this.#tx.$executeRaw`DELETE FROM risk_clicks WHERE hour < now() - interval '2 days'`;
    await this.#tx.$executeRaw`DELETE FROM risk_scores WHERE scored_at < now() - interval '30 days'`;
    await this.#tx.$executeRaw`DELETE FROM suspects WHERE until < now()`;
    await this.#tx.$executeRaw`DELETE FROM high_demand_shows WHERE ends_at < now() - interval '14 days'`;
  }
}

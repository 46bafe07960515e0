import { sql, type SqlTransaction } from '@marquee/database';

/** Everything about a person in the activity database. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  /** The data that is held about a person, under names that they understand. */
  async of(userId: string): Promise<Readonly<Record<string, unknown>>> {
    const rows = (query: TemplateStringsArray, ...values: unknown[]) =>
      this.#sql.$queryRaw<Record<string, unknown>[]>(query, ...values);
    return {
      history: await rows`
        SELECT at, kind::text, title_id AS "titleId", booking_id AS "bookingId", search_text AS "searchText"
        FROM history_entries WHERE user_id = ${userId} ORDER BY at, id`,
      events: await rows`
        SELECT at, name, city_code AS "cityCode", title_id AS "titleId", show_id AS "showId", venue_id AS "venueId",
          search_text AS "searchText", properties
        FROM events WHERE user_id = ${userId} ORDER BY at, id`,
      lastSeen: await rows`SELECT seen_at AS at FROM user_visitors WHERE user_id = ${userId}`,
      suspected: await rows`SELECT until FROM suspects WHERE actor_id = ${userId}`,
    };
  }

  /**
   * Deletes the person's history, and leaves what they did as what a visitor did whom nobody knows: counts stay what they
   * are. Nothing that they wrote is kept.
   */
  async erase(userId: string): Promise<void> {
    for (const statement of [
      sql`UPDATE events SET user_id = NULL, search_text = NULL, properties = NULL WHERE user_id = ${userId}`,
      sql`DELETE FROM history_entries WHERE user_id = ${userId}`,
      sql`DELETE FROM user_visitors WHERE user_id = ${userId}`,
      sql`DELETE FROM suspects WHERE actor_id = ${userId}`,
    ])
      await this.#sql.$executeRaw(statement);
  }
}

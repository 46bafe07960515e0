import type { SqlTransaction } from '@marquee/database';

/** Everything about a person: the titles that they looked at lately. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async of(userId: string): Promise<Readonly<Record<string, unknown>>> {
    const titles = await this.#sql.$queryRaw`
      SELECT title_id AS "titleId", (ARRAY['looked at it', 'looked at its shows', 'chose seats', 'booked'])[progress] AS did,
        show_id AS "showId", last_at AS "lastAt"
      FROM interests WHERE viewer_id = ${userId} ORDER BY last_at, title_id`;
    return { titlesLookedAt: titles };
  }

  /** Figures of titles stay: sums over people, of which none can be taken out. */
  async erase(userId: string): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM interests WHERE viewer_id = ${userId}`;
  }
}

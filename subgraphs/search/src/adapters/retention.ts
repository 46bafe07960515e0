import type { SqlTransaction } from '@marquee/database';

/** Deletes what no search finds any more. */
export class Retention {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** Shows a day after their start, which no event changes any more, and requests for a rebuild after a month. */
  async deletePast(): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM show_days WHERE slot IN (0, 1) AND last_at < now() - interval '1 day'`;
    await this.#sql.$executeRaw`DELETE FROM shows WHERE slot IN (0, 1) AND starts_at < now() - interval '2 days'`;
    await this.#sql.$executeRaw`DELETE FROM rebuilds WHERE ended_at < now() - interval '30 days'`;
  }

  /** Popularity of titles that catalog has not told of in two days: clients can invent them. */
  async deleteUnknown(): Promise<void> {
    await this.#sql.$executeRaw`
      DELETE FROM signals WHERE rating_version = -1 AND first_at < now() - interval '2 days'
        AND NOT EXISTS (SELECT FROM documents WHERE slot IN (0, 1) AND id = subject_id)`;
  }
}

import type { SqlTransaction } from '@marquee/database';

/** The rows that a statement deletes: a few tenths of a second. */
const ROWS = 20_000;
/** How long loaded segments are remembered: far longer than deleting their files may take. */
const SEGMENT_DAYS = 30;

/** Data that is kept for a number of days. */
export class Retention {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** Deletes who came in minutes that no live report shows, and counts and sessions of long ago. */
  async deleteReports(days: number): Promise<void> {
    await this.#inParts(
      (rows) => this.#sql.$executeRaw`
      DELETE FROM minute_visitors WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM minute_visitors WHERE minute < clock_timestamp() - interval '4 hours' LIMIT ${rows}::int))`,
    );
    await this.#inParts(
      (rows) => this.#sql.$executeRaw`
      DELETE FROM event_minutes WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM event_minutes WHERE minute < clock_timestamp() - make_interval(days => ${days}::int)
        LIMIT ${rows}::int))`,
    );
    await this.#inParts(
      (rows) => this.#sql.$executeRaw`
      DELETE FROM sessions WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM sessions WHERE started_at < clock_timestamp() - make_interval(days => ${days}::int)
        LIMIT ${rows}::int))`,
    );
  }

  async deleteHistories(days: number): Promise<void> {
    await this.#inParts(
      (rows) => this.#sql.$executeRaw`
      DELETE FROM history_entries WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM history_entries WHERE at < clock_timestamp() - make_interval(days => ${days}::int)
        LIMIT ${rows}::int))`,
    );
    await this.#sql.$executeRaw`
      DELETE FROM user_visitors WHERE seen_at < clock_timestamp() - make_interval(days => ${days}::int)`;
  }

  async deleteSegments(): Promise<void> {
    await this.#sql.$executeRaw`
      DELETE FROM loaded_segments WHERE loaded_at < clock_timestamp() - make_interval(days => ${SEGMENT_DAYS}::int)`;
  }

  /** Names that too few networks have sent within a day. */
  async deleteProposals(): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM event_name_proposals WHERE at < now() - interval '1 day'`;
  }

  async #inParts(deleteSome: (rows: number) => PromiseLike<number>): Promise<void> {
    while ((await deleteSome(ROWS)) === ROWS);
  }
}

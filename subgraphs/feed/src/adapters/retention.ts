import type { SqlTransaction } from '@marquee/database';

/** Past shows are kept while they make a title new; interests while they say something of somebody's taste. */
const KEEP_SHOWS = '30 days';
const KEEP_INTERESTS = '90 days';
/** Catalog's events are seconds late, days after an outage. */
const KEEP_UNKNOWN = '2 days';
/** Pairs of a title that are kept; it is trimmed once it has half as many again. */
const KEPT_PAIRS = 200;
const TRIMMED_AT = 300;
/** Rows or titles that a statement deletes or trims. */
const BATCH = 5_000;
const TRIMMED_TITLES = 100;

/** Deletes what says nothing any more, a batch at a time. */
export class Retention {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async deletePastShows(): Promise<void> {
    await untilFewer(
      BATCH,
      () => this.#sql.$executeRaw`
      DELETE FROM shows WHERE id = ANY (ARRAY (
        SELECT id FROM shows WHERE starts_at < now() - ${KEEP_SHOWS}::interval ORDER BY starts_at LIMIT ${BATCH}
        FOR UPDATE SKIP LOCKED))`,
    );
  }

  async deleteOldInterests(): Promise<void> {
    await untilFewer(
      BATCH,
      () => this.#sql.$executeRaw`
      WITH old AS MATERIALIZED (
        SELECT viewer_id, title_id FROM interests WHERE last_at < now() - ${KEEP_INTERESTS}::interval
        ORDER BY last_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      )
      DELETE FROM interests WHERE (viewer_id, title_id) IN (TABLE old)`,
    );
  }

  /** Deletes what people did about titles that catalog has not told of: clients can invent them. */
  async deleteUnknownTitles(): Promise<void> {
    await untilFewer(
      BATCH,
      () => this.#sql.$executeRaw`
      WITH unknown AS MATERIALIZED (
        SELECT id FROM titles WHERE name IS NULL AND rating_version = -1 AND first_at < now() - ${KEEP_UNKNOWN}::interval
        ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      ), heat AS (
        DELETE FROM title_heat USING unknown WHERE title_id = unknown.id
      ), pairs AS (
        DELETE FROM title_pairs USING unknown WHERE title_id = unknown.id
      ), counterparts AS (
        DELETE FROM title_pairs USING unknown WHERE other_id = unknown.id
      ), looks AS (
        DELETE FROM interests USING unknown WHERE title_id = unknown.id
      )
      DELETE FROM titles USING unknown WHERE titles.id = unknown.id`,
    );
  }

  /** Keeps the strongest pairs of each title. */
  async trimPairs(): Promise<void> {
    await untilFewer(
      1,
      () => this.#sql.$executeRaw`
      WITH crowded AS (
        SELECT title_id FROM title_pairs GROUP BY title_id HAVING count(*) > ${TRIMMED_AT}::int LIMIT ${TRIMMED_TITLES}
      ), ranked AS (
        SELECT title_id, other_id, row_number() OVER (PARTITION BY title_id ORDER BY weight DESC, other_id) AS place
        FROM title_pairs JOIN crowded USING (title_id)
      )
      DELETE FROM title_pairs AS pair USING ranked
      WHERE place > ${KEPT_PAIRS}::int AND pair.title_id = ranked.title_id AND pair.other_id = ranked.other_id`,
    );
  }
}

async function untilFewer(batch: number, run: () => PromiseLike<number>): Promise<void> {
  while ((await run()) >= batch);
}

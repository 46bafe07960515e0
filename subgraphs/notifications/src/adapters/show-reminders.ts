import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-notifications';

import type { ShowReminders } from '../domain/ports.ts';
import { type DueShowReminder, REMINDER_HOURS, type RemindedShow, type ShowChange } from '../domain/show-reminder.ts';

/** A process that stopped leaves its shows to others after this. */
const LEASE_SECONDS = 60;
const FIELDS = Prisma.raw('show_id, title_name, venue_name, time_zone, starts_at');
/** The next reminder before `starts_at`, by the database clock; null when the last one is over. */
const NEXT_DUE = Prisma.raw(
  `CASE ${REMINDER_HOURS.map(({ hours }) => `WHEN starts_at - interval '${hours} h' > clock_timestamp() THEN starts_at - interval '${hours} h'`).join(' ')} END`,
);

/** Shows, and when people are next reminded of each. Who they are is asked when it is due. */
export class ShowReminderRepository implements ShowReminders {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async schedule(shows: readonly RemindedShow[]): Promise<void> {
    await this.#sql.$executeRaw`
      WITH show AS (
        SELECT DISTINCT ON (given."showId") "showId" AS show_id, "titleName" AS title_name, "venueName" AS venue_name,
          "timeZone" AS time_zone, "startsAt" AS starts_at
        FROM jsonb_to_recordset(${JSON.stringify(shows)}::jsonb) AS given ("showId" text, "titleName" text,
          "venueName" text, "timeZone" text, "startsAt" timestamptz))
      INSERT INTO show_reminders (${FIELDS}, due_at) SELECT ${FIELDS}, ${NEXT_DUE} FROM show
      ON CONFLICT (show_id) DO UPDATE SET title_name = excluded.title_name, venue_name = excluded.venue_name,
        time_zone = excluded.time_zone`;
  }

  async change(changes: readonly ShowChange[]): Promise<void> {
    await this.#sql.$executeRaw`
      WITH show AS (
        SELECT DISTINCT ON (given."showId") "showId" AS show_id, version, "startsAt" AS starts_at
        FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS given ("showId" text, version int,
          "startsAt" timestamptz)
        ORDER BY given."showId", version DESC)
      INSERT INTO show_reminders AS known (show_id, version, starts_at, due_at)
      SELECT show_id, version, starts_at, ${NEXT_DUE} FROM show
      ON CONFLICT (show_id) DO UPDATE SET version = excluded.version, starts_at = excluded.starts_at,
        due_at = CASE WHEN known.starts_at = excluded.starts_at THEN known.due_at ELSE excluded.due_at END,
        after_id = CASE WHEN known.starts_at = excluded.starts_at THEN known.after_id ELSE '' END
      WHERE known.version < excluded.version`;
  }

  async cancel(showIds: readonly string[]): Promise<void> {
    await this.#sql.$executeRaw`
      INSERT INTO show_reminders (show_id, starts_at, is_cancelled)
      SELECT DISTINCT id, clock_timestamp(), true FROM unnest(${showIds}::text[]) AS cancelled (id)
      ON CONFLICT (show_id) DO UPDATE SET is_cancelled = true, due_at = NULL`;
  }

  async claim(limit: number): Promise<DueShowReminder[]> {
    return this.#sql.$queryRaw<DueShowReminder[]>`
      UPDATE show_reminders SET leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::int)
      WHERE show_id = ANY (ARRAY (
        SELECT show_id FROM show_reminders
        WHERE due_at <= clock_timestamp() AND leased_until <= clock_timestamp() AND title_name IS NOT NULL
          AND NOT is_cancelled
        ORDER BY due_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED))
      RETURNING show_id AS "showId", title_name AS "titleName", venue_name AS "venueName", time_zone AS "timeZone",
        starts_at AS "startsAt", after_id AS "after", (extract(epoch FROM starts_at - due_at) / 3600)::float8 AS hours,
        (extract(epoch FROM starts_at - clock_timestamp()) / 3600)::float8 AS "hoursLeft"`;
  }

  async advance({ showId, startsAt }: RemindedShow, after: string): Promise<boolean> {
    const changed = await this.#sql.$executeRaw`
      UPDATE show_reminders
      SET after_id = ${after}, leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::int)
      WHERE show_id = ${showId} AND starts_at = ${startsAt}::timestamptz AND NOT is_cancelled`;
    return changed > 0;
  }

  async finish({ showId, startsAt }: RemindedShow): Promise<boolean> {
    const changed = await this.#sql.$executeRaw`
      UPDATE show_reminders SET due_at = ${NEXT_DUE}, after_id = '', leased_until = clock_timestamp()
      WHERE show_id = ${showId} AND starts_at = ${startsAt}::timestamptz AND NOT is_cancelled`;
    return changed > 0;
  }

  /** How long the show that is due for longest has waited. */
  async lagSeconds(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ seconds: number }[]>`
      SELECT greatest(0, coalesce(extract(epoch FROM clock_timestamp() - min(due_at)), 0))::float8 AS seconds
      FROM show_reminders WHERE due_at <= clock_timestamp() AND title_name IS NOT NULL AND NOT is_cancelled`;
    return row?.seconds ?? 0;
  }

  async deleteOld(): Promise<void> {
    await this.#sql.$executeRaw`
      DELETE FROM show_reminders WHERE starts_at < clock_timestamp() - interval '1 day' AND due_at IS NULL`;
  }
}

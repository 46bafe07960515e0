import { type Sql, sql, type SqlTransaction } from '@marquee/database';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { QuietHours } from '../domain/quiet-hours.ts';

export type QuietHoursOf = QuietHours & { readonly userId: string };

/** The quiet hours that people chose. */
export class QuietHoursRepository {
  readonly #client: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#client = client;
  }

  async ofUsers(userIds: readonly string[]): Promise<QuietHoursOf[]> {
    return this.#client.$queryRaw<QuietHoursOf[]>`
      SELECT user_id AS "userId", to_char(from_time, 'HH24:MI') AS from, to_char(until_time, 'HH24:MI') AS until
      FROM quiet_hours WHERE user_id = ANY (${userIds.filter(isPossibleId)})`;
  }

  /** Saves a person's hours; what waits is due, so that it is planned by the new ones. @param hours null ends them */
  async save(userId: string, hours: QuietHours | null): Promise<void> {
    await this.#client.$executeRaw`
      WITH saved AS (${hours === null ? deletion(userId) : upsert(userId, hours)}), woken AS (
        UPDATE mail_notices SET plan_at = clock_timestamp()
        WHERE user_id = ${userId} AND mail_id IS NULL AND plan_at > clock_timestamp()
      )
      UPDATE push_deliveries SET due_at = clock_timestamp()
      WHERE user_id = ${userId} AND attempts = 0 AND due_at > clock_timestamp()`;
  }
}

function deletion(userId: string): Sql {
  return sql`DELETE FROM quiet_hours WHERE user_id = ${userId}`;
}

function upsert(userId: string, { from, until }: QuietHours): Sql {
  return sql`
    INSERT INTO quiet_hours (user_id, from_time, until_time) VALUES (${userId}, ${from}::text::time, ${until}::text::time)
    ON CONFLICT (user_id) DO UPDATE SET from_time = excluded.from_time, until_time = excluded.until_time`;
}

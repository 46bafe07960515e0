import type { SqlTransaction } from '@marquee/database';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { QuietHours } from '../domain/quiet-hours.ts';

export type QuietHoursOf = QuietHours & { readonly userId: string };

/** The quiet hours that people chose. */
export class QuietHoursRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async ofUsers(userIds: readonly string[]): Promise<QuietHoursOf[]> {
    return this.#sql.$queryRaw<QuietHoursOf[]>`
      SELECT user_id AS "userId", to_char(from_time, 'HH24:MI') AS from, to_char(until_time, 'HH24:MI') AS until
      FROM quiet_hours WHERE user_id = ANY (${userIds.filter(isPossibleId)})`;
  }

  /** @param hours null ends them */
  async save(userId: string, hours: QuietHours | null): Promise<void> {
    if (hours === null) {
      await this.#sql.$executeRaw`DELETE FROM quiet_hours WHERE user_id = ${userId}`;
      return;
    }
    await this.#sql.$executeRaw`
      INSERT INTO quiet_hours (user_id, from_time, until_time) VALUES (${userId}, ${hours.from}::text::time, ${hours.until}::text::time)
      ON CONFLICT (user_id) DO UPDATE SET from_time = excluded.from_time, until_time = excluded.until_time`;
  }
}

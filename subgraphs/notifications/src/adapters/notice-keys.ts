import type { SqlTransaction } from '@marquee/database';

import type { NoticeKey, NoticeKeys } from '../domain/ports.ts';

/** Longer than anything that is told again. */
const KEPT_DAYS = 60;

/** The keys of people's notices, each once. */
export class NoticeKeyRepository implements NoticeKeys {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async take(keys: readonly NoticeKey[]): Promise<NoticeKey[]> {
    return this.#sql.$queryRaw<NoticeKey[]>`
      INSERT INTO notice_keys (user_id, key)
      SELECT DISTINCT "userId", key FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS taken ("userId" text, key text)
      ORDER BY "userId", key
      ON CONFLICT (user_id, key) DO NOTHING RETURNING user_id AS "userId", key`;
  }

  async deleteOld(): Promise<void> {
    await this.#sql.$executeRaw`
      DELETE FROM notice_keys WHERE told_at < clock_timestamp() - make_interval(days => ${KEPT_DAYS}::int)`;
  }
}

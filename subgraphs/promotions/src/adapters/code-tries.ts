import type { SqlTransaction } from '@marquee/database';

import type { CodeTries } from '../domain/ports.ts';

/** The codes that do not exist that a customer may enter in an hour. */
export const MAX_UNKNOWN_CODES = 20;

/** Tries to find codes, counted in the database. */
export class CodeTryRepository implements CodeTries {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  async count(customerId: string): Promise<Date | null> {
    const [row] = await this.#sql.$queryRaw<{ tries: number; until: Date }[]>`
      INSERT INTO code_tries AS tried (customer_id, tries, since) VALUES (${customerId}, 1, now())
      ON CONFLICT (customer_id) DO UPDATE SET
        tries = CASE WHEN tried.since > now() - interval '1 hour' THEN tried.tries + 1 ELSE 1 END,
        since = CASE WHEN tried.since > now() - interval '1 hour' THEN tried.since ELSE now() END
      RETURNING tries, since + interval '1 hour' AS until`;
    return row && row.tries > MAX_UNKNOWN_CODES ? row.until : null;
  }

  async forgive(customerId: string): Promise<void> {
    await this.#sql.$executeRaw`
      UPDATE code_tries SET tries = tries - 1 WHERE customer_id = ${customerId} AND tries > 0`;
  }

  async deleteOld(): Promise<void> {
    await this.#sql.$executeRaw`DELETE FROM code_tries WHERE since <= now() - interval '1 hour'`;
  }
}

import type { SqlTransaction } from '@marquee/database';

/** What is held about a person. */
export class HeldDataRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async of(userId: string): Promise<Record<string, unknown>> {
    const [venues, titles] = await Promise.all([
      this.#sql.$queryRaw`
        SELECT id, name, address, created_at AS "createdAt" FROM venues WHERE owner_id = ${userId} ORDER BY created_at`,
      this.#sql.$queryRaw`
        SELECT id, name, description, created_at AS "createdAt" FROM titles
        WHERE created_by = ${userId} ORDER BY created_at`,
    ]);
    return { venues, titles };
  }
}

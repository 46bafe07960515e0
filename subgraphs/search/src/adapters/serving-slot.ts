import type { SqlTransaction } from '@marquee/database';

import type { Serving, ServingSlot } from '../domain/ports.ts';

/** Reads which slot serves, and the versions of what answers show. */
export class ServingSlotRepository implements ServingSlot {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async current(cityCode: string | null): Promise<Serving> {
    const scopes = ['texts', cityCode === null ? 'shows' : `city:${cityCode}`];
    const [row] = await this.#sql.$queryRaw<{ slot: number; generation: number; hasCold: boolean; versions: string }[]>`
      SELECT slot, generation, has_cold AS "hasCold", (
        SELECT coalesce(string_agg(scope || '=' || version, ' ' ORDER BY scope), '') FROM answer_versions
        WHERE scope = ANY (${scopes}::text[])) AS versions
      FROM slots WHERE state = 'SERVING'`;
    if (!row) throw new Error('No slot serves.');
    return { slot: row.slot, hasCold: row.hasCold, version: `${row.generation} ${row.versions}` };
  }
}

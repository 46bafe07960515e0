import type { SqlTransaction } from '@marquee/database';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { ShowAvailabilities, ShowAvailability } from '../domain/ports.ts';

/** Which shows are sold out. */
export class ShowAvailabilityRepository implements ShowAvailabilities {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async record({ showId, soldOut, reportedAt }: ShowAvailability): Promise<void> {
    await this.#sql.$executeRaw`
      UPDATE shows SET sold_out = ${soldOut}, sold_out_told_at = ${reportedAt}::timestamptz
      WHERE city_code = ${cityCodeOf(showId) ?? ''} AND id = ${showId}
        AND (sold_out_told_at IS NULL OR sold_out_told_at <= ${reportedAt}::timestamptz)`;
  }
}

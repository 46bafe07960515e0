import type { SqlTransaction } from '@marquee/database';
import { cityCodeOf } from '@marquee/subgraph/ids';

interface ShowAvailability {
  readonly showId: string;
  readonly soldOut: boolean;
  readonly reportedAt: Date;
}

/** Which shows are sold out, as booking reports it. */
export class ShowAvailabilityRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** Records a report; one older than the last recorded is ignored. */
  async record({ showId, soldOut, reportedAt }: ShowAvailability): Promise<void> {
    await this.#sql.$executeRaw`
      UPDATE shows SET sold_out = ${soldOut}, sold_out_told_at = ${reportedAt}::timestamptz
      WHERE city_code = ${cityCodeOf(showId) ?? ''} AND id = ${showId}
        AND (sold_out_told_at IS NULL OR sold_out_told_at <= ${reportedAt}::timestamptz)`;
  }
}

import type { SqlTransaction } from '@marquee/database';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

/** The people whom tickets of shows admit. */
export class TicketHolderRepository {
  readonly #client: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#client = client;
  }

  /** A page of a show's holders by their ids, each once; tickets that are used, cancelled or nobody's do not count. */
  async ofShow(showId: string, { after, first }: { after: string | null; first: number }): Promise<string[]> {
    if (!isPossibleId(showId) || (after !== null && !isPossibleId(after))) return [];
    const rows = await this.#client.$queryRaw<{ holderId: string }[]>`
      SELECT DISTINCT holder_id AS "holderId" FROM tickets
      WHERE city_code = ${cityCodeOf(showId)} AND show_id = ${showId} AND status = 'ISSUED' AND holder_id > ${after ?? ''}
      ORDER BY holder_id LIMIT ${first}::int`;
    return rows.map(({ holderId }) => holderId);
  }
}

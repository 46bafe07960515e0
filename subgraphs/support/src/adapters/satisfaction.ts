import type { SqlTransaction } from '@marquee/database';
import type { Period } from '@marquee/subgraph';

/** The ratings of a period. */
export interface SatisfactionSummary {
  readonly count: number;
  readonly average: number | null;
  readonly scores: readonly { readonly score: number; readonly count: number }[];
}

/** Sums ratings up. */
export class SatisfactionRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async summary({ from, to }: Period): Promise<SatisfactionSummary> {
    const scores = await this.#sql.$queryRaw<{ score: number; count: number }[]>`
      SELECT score::int, count(t.id)::int FROM generate_series(1, 5) AS score
      LEFT JOIN support_tickets t ON t.satisfaction_score = score
        AND t.rated_at >= ${from}::date AT TIME ZONE 'UTC' AND t.rated_at < (${to}::date + 1) AT TIME ZONE 'UTC'
      GROUP BY score ORDER BY score`;
    const count = scores.reduce((sum, each) => sum + each.count, 0);
    const total = scores.reduce((sum, each) => sum + each.score * each.count, 0);
    return { count, average: count === 0 ? null : total / count, scores };
  }
}

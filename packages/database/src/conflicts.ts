import { isStale } from './prepared-texts.ts';
import type { SqlClient } from './sql-client.ts';
import { postgresFailure } from './violations.ts';

/** The SQLSTATEs of work that Postgres rolled back because of other work: a serialization failure, and a deadlock. */
const CONFLICTS = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 5;

/**
 * Repeats work that Postgres rolled back because it conflicted with other work, or with a migration.
 *
 * Locking rows in one order makes deadlocks rare, not impossible.
 *
 * @param work one statement, or one whole transaction
 */
export async function retryOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isRepeatable(error)) throw error;
    }
  }
}

function isRepeatable(error: unknown): boolean {
  return CONFLICTS.has(postgresFailure(error)?.code ?? '') || isStale(error);
}

/** Makes a client repeat each interactive transaction that Postgres rolled back because of a conflict. */
export function repeatTransactions<C extends SqlClient>(client: C): C {
  const transaction: SqlClient['$transaction'] = client.$transaction.bind(client);
  const repeated: SqlClient['$transaction'] = (work, limits) =>
    // A list of statements, unlike a callback, can be sent once only.
    typeof work === 'function' ? retryOnConflict(() => transaction(work, limits)) : transaction(work, limits);
  return Object.assign(client, { $transaction: repeated });
}

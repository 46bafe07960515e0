import type { SqlDatabase, SqlTransaction } from '@marquee/database';

/** The database with writers who do not wait for each other's turn, as a control. */
export function withoutTurns(database: SqlDatabase & SqlTransaction): SqlDatabase & SqlTransaction {
  const { $queryRaw, $executeRaw } = database;
  return {
    ...{ $queryRaw: $queryRaw.bind(database), $executeRaw: $executeRaw.bind(database) },
    $sqlTransaction: (work: (tx: SqlTransaction) => Promise<unknown>) =>
      database.$sqlTransaction((tx) =>
        work({
          $queryRaw: tx.$queryRaw.bind(tx),
          $executeRaw: (query, ...values) =>
            'raw' in query && query[0]?.includes('advisory')
              ? Promise.resolve(0)
              : tx.$executeRaw(query as never, ...values),
        }),
      ),
  } as unknown as SqlDatabase & SqlTransaction;
}

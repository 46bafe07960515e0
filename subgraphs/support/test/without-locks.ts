import { type Sql, sql, type SqlDatabase, type SqlTransaction } from '@marquee/database';

/** A database whose transactions lock neither tickets nor writers: for controls of what the locks prevent. */
export function withoutLocks(database: SqlDatabase): SqlDatabase {
  const { $queryRaw, $executeRaw, $sqlSession } = database;
  return {
    $queryRaw: $queryRaw.bind(database),
    $executeRaw: $executeRaw.bind(database),
    $sqlSession: $sqlSession.bind(database),
    $sqlTransaction: (work, limits) => database.$sqlTransaction((tx) => work(unlocked(tx)), limits),
  };
}

function unlocked(tx: SqlTransaction): SqlTransaction {
  return {
    $queryRaw: (query, ...values) => tx.$queryRaw(withoutLock(query, values)),
    $executeRaw: (query, ...values) => {
      const statement = withoutLock(query, values);
      return statement.sql.includes('support_writers') ? Promise.resolve(1) : tx.$executeRaw(statement);
    },
  };
}

function withoutLock(query: TemplateStringsArray | Sql, values: readonly unknown[]): Sql {
  const whole = 'sql' in query ? query : sql(query, ...values);
  const texts = whole.strings.map((text) => text.replaceAll(/FOR UPDATE( SKIP LOCKED)?/g, ''));
  return sql(texts as unknown as TemplateStringsArray, ...whole.values);
}

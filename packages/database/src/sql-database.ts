import type pg from 'pg';

import { retryOnConflict } from './conflicts.ts';
import { copyIn } from './copy.ts';
import { isDatabaseOutage } from './outages.ts';
import { isStale, PreparedTexts, type Statement } from './prepared-texts.ts';
import type { CopyDatabase, Sql, SqlTransaction } from './sql-client.ts';
import { onConnection, type Send, transact } from './sql-transaction.ts';
import type { AroundStatement, Wrapping } from './wrapped-adapter.ts';

/** Sends raw statements to the connections of a pool, as prepared statements. */
export function sqlDatabase(pool: pg.Pool, wrapping: Wrapping, defaultTimeoutMs: number): CopyDatabase {
  const texts = new PreparedTexts();
  const statements = (send: Send, around: AroundStatement) => statementsBy(preparing(texts, send), around, texts);
  return {
    ...statements((statement) => sendAlone(pool, statement), wrapping.alone),
    $sqlTransaction: (work, { timeout = defaultTimeoutMs } = {}) =>
      retryOnConflict(() =>
        transact({ pool, wrapping, timeoutMs: timeout }, (send) => work(statements(send, wrapping.inTransaction))),
      ),
    $copyTransaction: (work, { timeout = defaultTimeoutMs } = {}) =>
      retryOnConflict(() =>
        transact({ pool, wrapping, timeoutMs: timeout }, (send, connection) =>
          work({
            ...statements(send, wrapping.inTransaction),
            copyIn: (statement, rows) =>
              wrapping.inTransaction({ sql: statement }, () => copyIn(connection, statement, rows)),
          }),
        ),
      ),
    $sqlSession: (work) =>
      onConnection(pool, wrapping, (connection) =>
        work(statements((statement) => connection.query(statement), wrapping.alone)),
      ),
  };
}

type SendStatement = (statement: Statement) => Promise<pg.QueryResult>;

function preparing(texts: PreparedTexts, send: Send): SendStatement {
  return async (statement) => {
    try {
      return await send(texts.prepare(statement));
    } catch (error) {
      if (isStale(error)) texts.renew();
      throw error;
    }
  };
}

function statementsBy(send: SendStatement, around: AroundStatement, texts: PreparedTexts): SqlTransaction {
  const run = (query: TemplateStringsArray | Sql, values: readonly unknown[]): Promise<pg.QueryResult> => {
    const statement = texts.read(query, values);
    return around({ sql: statement.text }, () => send(statement));
  };
  return {
    $queryRaw: async (query, ...values) => (await run(query, values)).rows as never,
    $executeRaw: async (query, ...values) => (await run(query, values)).rowCount ?? 0,
  };
}

async function sendAlone(pool: pg.Pool, statement: pg.QueryConfig): Promise<pg.QueryResult> {
  const connection = await pool.connect();
  try {
    const result = await connection.query(statement);
    connection.release();
    return result;
  } catch (error) {
    // After a fatal error the server closes the connection, which the pool may not have seen yet.
    connection.release(isDatabaseOutage(error));
    throw error;
  }
}

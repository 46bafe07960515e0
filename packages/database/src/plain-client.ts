import type pg from 'pg';

import { copyIn } from './copy.ts';
import { QuickClient } from './silent-server.ts';
import { type CopyDatabase, type CopyTransaction, type Sql, sql, type SqlClient } from './sql-client.ts';

/** A client that needs no domain's generated code, for commands that read any database. */
export interface PlainClient extends SqlClient, CopyDatabase {
  close(): Promise<void>;
}

/** Opens a client over one connection; transactions must not overlap. @throws when the server cannot be reached */
export async function openPlainClient(url: string): Promise<PlainClient> {
  const connection = new QuickClient({ connectionString: url });
  // A lost connection fails the next statement; without a listener it would end the process.
  connection.on('error', () => undefined);
  await connection.connect();
  const send = (query: TemplateStringsArray | Sql, values: unknown[]): Promise<pg.QueryResult> => {
    const { text, values: all } = 'raw' in query ? sql(query, ...values) : query;
    return connection.query(text, [...all]);
  };
  const statements: CopyTransaction = {
    $queryRaw: async (query, ...values) => (await send(query, values)).rows as never,
    $executeRaw: async (query, ...values) => (await send(query, values)).rowCount ?? 0,
    copyIn: (statement, rows) => copyIn(connection, statement, rows),
  };
  const transaction: CopyDatabase['$copyTransaction'] = async (work) => {
    await connection.query('BEGIN');
    try {
      const result = await work(statements);
      await connection.query('COMMIT');
      return result;
    } catch (error) {
      // Where the connection is lost, the server has rolled back.
      await connection.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };
  return {
    ...statements,
    $transaction: transaction,
    $sqlTransaction: transaction,
    $copyTransaction: transaction,
    $sqlSession: (work) => work(statements),
    close: () => connection.end(),
  };
}

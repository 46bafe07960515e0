import { type Sql, sqltag } from '@prisma/client/runtime/client';

export type { Sql };

/** A part of a statement, with its parameters. */
export const sql = sqltag;

/** Runs raw SQL: a domain's Prisma client, or the transaction client that it passes to a callback. */
export interface SqlTransaction {
  $queryRaw<T = unknown>(query: TemplateStringsArray | Sql, ...values: unknown[]): PromiseLike<T>;
  $executeRaw(query: TemplateStringsArray | Sql, ...values: unknown[]): PromiseLike<number>;
}

/** Limits of an interactive transaction, in milliseconds. */
export interface TransactionLimits {
  /** The longest wait for a connection. */
  maxWait?: number;
  /** The longest duration, after which the transaction is rolled back. */
  timeout?: number;
}

/** A transaction that can load many rows at once. */
export interface CopyTransaction extends SqlTransaction {
  /** Sends rows in Postgres's text format. @param statement `COPY … FROM STDIN` */
  copyIn(statement: string, rows: Iterable<Buffer>): Promise<void>;
}

/** A database, without an ORM in between. */
export interface SqlDatabase extends SqlTransaction {
  /**
   * Runs statements in one transaction, on one connection.
   *
   * It is repeated when Postgres rolled it back because of a conflict, so `work` must change nothing but the database.
   *
   * @param limits - `timeout`, in milliseconds, is 10 s by default
   */
  $sqlTransaction<R>(work: (tx: SqlTransaction) => Promise<R>, limits?: Pick<TransactionLimits, 'timeout'>): Promise<R>;
  /**
   * Runs statements on one connection, each a transaction of its own: for locks that last longer than one.
   *
   * When `work` throws, the connection is closed, which releases them.
   */
  $sqlSession<R>(work: (session: SqlTransaction) => Promise<R>): Promise<R>;
}

/** A database that can load many rows at once. */
export interface CopyDatabase extends SqlDatabase {
  /** `$sqlTransaction`, in which rows can be loaded by COPY. */
  $copyTransaction<R>(
    work: (tx: CopyTransaction) => Promise<R>,
    limits?: Pick<TransactionLimits, 'timeout'>,
  ): Promise<R>;
}

/** The common part of every domain's Prisma client: raw statements and transactions. */
export interface SqlClient extends SqlTransaction {
  $transaction<R>(work: (tx: SqlTransaction) => Promise<R>, options?: TransactionLimits): Promise<R>;
}

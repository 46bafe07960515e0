import type { Sql } from '@prisma/client/runtime/client';

export type { Sql };

/** What runs raw SQL: a domain's Prisma client, or the transaction it hands to a callback. */
export interface SqlTransaction {
  $queryRaw<T = unknown>(query: TemplateStringsArray | Sql, ...values: unknown[]): PromiseLike<T>;
  $executeRaw(query: TemplateStringsArray | Sql, ...values: unknown[]): PromiseLike<number>;
}

/** Limits of an interactive transaction, in milliseconds. */
export interface TransactionLimits {
  /** How long to wait for a connection of the pool. */
  maxWait?: number;
  /** How long the transaction may take before it is rolled back. */
  timeout?: number;
}

/** What a Prisma client of any domain has in common: raw statements and transactions. */
export interface SqlClient extends SqlTransaction {
  $transaction<R>(work: (tx: SqlTransaction) => Promise<R>, options?: TransactionLimits): Promise<R>;
}

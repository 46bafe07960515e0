import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';

/** Does something around the sending of a statement. */
export type AroundStatement = <Result>(query: Pick<SqlQuery, 'sql'>, send: () => Promise<Result>) => Promise<Result>;

/** Hooks around the work of an adapter. */
export interface Wrapping {
  /** Around a statement that is a transaction of its own. */
  readonly alone: AroundStatement;
  /** Around a statement of a transaction. */
  readonly inTransaction: AroundStatement;
  /** Around the begin of a transaction. */
  readonly begin: <Result>(begin: () => Promise<Result>) => Promise<Result>;
}

export function wrapAdapter(factory: SqlDriverAdapterFactory, wrapping: Wrapping): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => wrapConnection(await factory.connect(), wrapping),
  };
}

function wrapQueries(inner: SqlQueryable, around: AroundStatement): SqlQueryable {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: (query) => around(query, () => inner.queryRaw(query)),
    executeRaw: (query) => around(query, () => inner.executeRaw(query)),
  };
}

function wrapConnection(inner: SqlDriverAdapter, { alone, inTransaction, begin }: Wrapping): SqlDriverAdapter {
  const { getConnectionInfo } = inner;
  return {
    ...wrapQueries(inner, alone),
    executeScript: (script) => inner.executeScript(script),
    startTransaction: async (isolationLevel) =>
      wrapTransaction(await begin(() => inner.startTransaction(isolationLevel)), inTransaction),
    ...(getConnectionInfo && { getConnectionInfo: getConnectionInfo.bind(inner) }),
    dispose: () => inner.dispose(),
  };
}

function wrapTransaction(inner: Transaction, around: AroundStatement): Transaction {
  const { createSavepoint, rollbackToSavepoint, releaseSavepoint } = inner;
  return {
    ...wrapQueries(inner, around),
    options: inner.options,
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
    ...(createSavepoint && { createSavepoint: createSavepoint.bind(inner) }),
    ...(rollbackToSavepoint && { rollbackToSavepoint: rollbackToSavepoint.bind(inner) }),
    ...(releaseSavepoint && { releaseSavepoint: releaseSavepoint.bind(inner) }),
  };
}

import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { childSpan, currentTrace, errorType, failSpan, SpanKind, type Tracer } from '@marquee/telemetry';

type Send = <Result>({ sql }: SqlQuery, send: () => Promise<Result>) => Promise<Result>;

/**
 * Records each SQL statement as a span of the current trace, if that is recorded.
 *
 * The span includes the wait for a connection. It cannot be made inside the connection: when the pool is exhausted, a
 * statement is sent in the trace of the request that returns a connection.
 */
export function tracedAdapter(
  factory: SqlDriverAdapterFactory,
  tracer: Tracer,
  database: string,
): SqlDriverAdapterFactory {
  const send = tracedSend(tracer, database);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => tracedConnection(await factory.connect(), send),
  };
}

function tracedSend(tracer: Tracer, database: string): Send {
  return async ({ sql }, send) => {
    const parent = currentTrace()?.span;
    if (parent === undefined) return send();
    const operation = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
    // Values are sent as parameters, so the text holds no personal data.
    const attributes = {
      'db.system.name': 'postgresql',
      'db.namespace': database,
      'db.operation.name': operation,
      'db.query.text': sql,
    };
    const span = childSpan(tracer, operation, { kind: SpanKind.CLIENT, attributes }, parent);
    try {
      return await send();
    } catch (error) {
      failSpan(span, errorType(error));
      throw error;
    } finally {
      span.end();
    }
  };
}

function tracedQueries(inner: SqlQueryable, send: Send): SqlQueryable {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: (query) => send(query, () => inner.queryRaw(query)),
    executeRaw: (query) => send(query, () => inner.executeRaw(query)),
  };
}

function tracedConnection(inner: SqlDriverAdapter, send: Send): SqlDriverAdapter {
  const { getConnectionInfo } = inner;
  return {
    ...tracedQueries(inner, send),
    executeScript: (script) => inner.executeScript(script),
    startTransaction: async (isolationLevel) => tracedTransaction(await inner.startTransaction(isolationLevel), send),
    ...(getConnectionInfo && { getConnectionInfo: getConnectionInfo.bind(inner) }),
    dispose: () => inner.dispose(),
  };
}

function tracedTransaction(inner: Transaction, send: Send): Transaction {
  const { createSavepoint, rollbackToSavepoint, releaseSavepoint } = inner;
  return {
    ...tracedQueries(inner, send),
    options: inner.options,
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
    ...(createSavepoint && { createSavepoint: createSavepoint.bind(inner) }),
    ...(rollbackToSavepoint && { rollbackToSavepoint: rollbackToSavepoint.bind(inner) }),
    ...(releaseSavepoint && { releaseSavepoint: releaseSavepoint.bind(inner) }),
  };
}

import { childSpan, currentTrace, errorType, failSpan, SpanKind, type Tracer } from '@marquee/telemetry';

import type { AroundStatement } from './wrapped-adapter.ts';

/**
 * Records each SQL statement as a span of the current trace, if that is recorded.
 *
 * The span includes the wait for a connection. It cannot be made inside the connection: when the pool is exhausted, a
 * statement is sent in the trace of the request that returns a connection.
 */
export function tracedStatements(tracer: Tracer, database: string): AroundStatement {
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

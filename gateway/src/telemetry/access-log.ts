import { maskError } from '@marquee/errors';
import type { Log } from '@marquee/telemetry';
import type { OperationKind } from '../operation/operation-request.ts';
import type { RequestRecord } from './request-record.ts';

/** The level of the access log's lines. */
export type AccessLogLevel = 'info' | 'debug' | 'off';

/** Fields of a line that are known when the request or subscription has ended. */
export interface RequestEnd {
  readonly type?: OperationKind | undefined;
  /** Of a request that is not GraphQL. */
  readonly route?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** The end of a subscription. */
  readonly reason?: string | undefined;
  readonly durationMs: number;
}

/** Writes one line. It never contains variables, documents or credentials. */
export type AccessLog = (record: RequestRecord, end: RequestEnd) => void;

export function accessLog(log: Log, level: AccessLogLevel): AccessLog {
  if (level === 'off') return () => undefined;
  return ({ transport, operations, client, codes, trace }, { durationMs, ...end }) =>
    log[level](
      {
        transport,
        ...(operations.length === 0 ? {} : { operation: operations.join(',') }),
        ...end,
        ...(client?.name === undefined ? {} : { client: client.name }),
        ...(client?.version === undefined ? {} : { clientVersion: client.version }),
        durationMs: Math.round(durationMs * 100) / 100,
        ...(codes.length === 0 ? {} : { errors: [...new Set(codes)] }),
        traceId: trace.traceId,
        ...(trace.span ? { spanId: trace.span.spanContext().spanId } : {}),
      },
      'served',
    );
}

/** The code that the client gets for a thrown error. */
export function codeOf(error: unknown): string {
  return maskError(error).extensions.code;
}

/** The codes of a response's errors. */
export function codesOf(errors: readonly { readonly extensions?: { readonly code?: unknown } }[]): string[] {
  return errors.map(({ extensions }) => String(extensions?.code ?? 'INTERNAL_SERVER_ERROR'));
}

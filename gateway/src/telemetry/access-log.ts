import { maskError } from '@marquee/errors';
import type { Log } from '@marquee/telemetry';
import type { OperationKind } from '../operation/operation-request.ts';
import type { RequestRecord } from './request-record.ts';

/** The level of the access log's lines. */
export type AccessLogLevel = 'info' | 'debug' | 'off';

/** How a request was answered, or a subscription ended. */
export interface Ending {
  readonly type?: OperationKind | undefined;
  /** Of requests that are not GraphQL. */
  readonly route?: string | undefined;
  /** Of HTTP. */
  readonly status?: number | undefined;
  /** How a subscription ended. */
  readonly reason?: string | undefined;
  readonly durationMs: number;
}

/** Writes the line of a request that has ended. Never with variables, documents or credentials. */
export type AccessLog = (record: RequestRecord, ending: Ending) => void;

export function accessLog(log: Log, level: AccessLogLevel): AccessLog {
  if (level === 'off') return () => undefined;
  return ({ transport, operations, client, codes, trace }, { durationMs, ...ending }) =>
    log[level](
      {
        transport,
        ...(operations.length === 0 ? {} : { operation: operations.join(',') }),
        ...ending,
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

/** The code of what is thrown, as the client is given it. */
export function codeOf(error: unknown): string {
  return maskError(error).extensions.code;
}

/** The codes of errors as clients are given them. */
export function codesOf(errors: readonly { readonly extensions?: { readonly code?: unknown } }[]): string[] {
  return errors.map(({ extensions }) => String(extensions?.code ?? 'INTERNAL_SERVER_ERROR'));
}

import type { Log, Trace } from '@marquee/telemetry';
import { maskError } from '@marquee/errors';
import type { Client } from '../request/client.ts';
import type { OperationKind } from '../operation/operation-request.ts';

/** The level of the access log's lines. */
export type AccessLogLevel = 'info' | 'debug' | 'off';

/** One request that was answered, or one subscription that has ended. Never with variables, documents or credentials. */
export interface Served {
  readonly transport: 'http' | 'sse' | 'websocket';
  readonly operation?: string | undefined;
  readonly type?: OperationKind | undefined;
  /** Of requests that are not GraphQL. */
  readonly route?: string | undefined;
  readonly client?: Client | undefined;
  /** Of HTTP. */
  readonly status?: number | undefined;
  /** How a subscription ended. */
  readonly reason?: string | undefined;
  readonly durationMs: number;
  readonly codes: readonly string[];
  readonly trace: Trace;
}

export type AccessLog = (served: Served) => void;

export function accessLog(log: Log, level: AccessLogLevel): AccessLog {
  if (level === 'off') return () => undefined;
  return ({ client, codes, durationMs, trace, ...fields }) =>
    log[level](
      {
        ...fields,
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

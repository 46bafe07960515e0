import { maskError } from '@marquee/errors';
import { type Log, loggableText } from '@marquee/telemetry';
import type { OperationKind } from '../operation/operation-request.ts';
import { callerIn, type RequestRecord } from './request-record.ts';

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

/** `denied`: the caller may not have part of it; `refused`: it was not run as asked; `failed`: it is not the client's fault. */
export type Verdict = 'served' | 'denied' | 'refused' | 'failed';

/** Writes one line. It never contains variables, documents or credentials. */
export type AccessLog = (record: RequestRecord, end: RequestEnd) => void;

export function accessLog(log: Log, level: AccessLogLevel): AccessLog {
  if (level === 'off') return () => undefined;
  return ({ transport, operations, client, identity, codes, trace, clientTraceId }, { durationMs, ...end }) =>
    log[level](
      {
        transport,
        verdict: verdictOf(codes, end.status),
        ...(identity && { caller: callerIn(identity) }),
        ...(client && { network: client.network }),
        ...(operations.length === 0 ? {} : { operation: loggableText(operations.join(','), MAX_OPERATIONS) }),
        ...end,
        ...(client?.name === undefined ? {} : { client: loggableText(client.name, MAX_NAME) }),
        ...(client?.version === undefined ? {} : { clientVersion: loggableText(client.version, MAX_NAME) }),
        durationMs: Math.round(durationMs * 100) / 100,
        ...(codes.length === 0 ? {} : { errors: [...new Set(codes)] }),
        traceId: trace.traceId,
        ...(clientTraceId && { clientTraceId }),
        ...(trace.span ? { spanId: trace.span.spanContext().spanId } : {}),
      },
      'served',
    );
}

const MAX_NAME = 100;
/** Of the names of a batch. */
const MAX_OPERATIONS = 1_000;

const DENIED = new Set(['FORBIDDEN', 'UNAUTHENTICATED', 'UNAUTHORIZED_FIELD_OR_TYPE']);
const FAILED = new Set(['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE']);

function verdictOf(codes: readonly string[], status = 200): Verdict {
  if (codes.some((code) => DENIED.has(code))) return 'denied';
  if (codes.some((code) => FAILED.has(code)) || status >= 500) return 'failed';
  return codes.length > 0 || status >= 400 ? 'refused' : 'served';
}

/** The code that the client gets for a thrown error. */
export function codeOf(error: unknown): string {
  return maskError(error).extensions.code;
}

/** The codes of a response's errors. */
export function codesOf(errors: readonly { readonly extensions?: { readonly code?: unknown } }[]): string[] {
  return errors.map(({ extensions }) => String(extensions?.code ?? 'INTERNAL_SERVER_ERROR'));
}

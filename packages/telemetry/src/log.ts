import { pino, type DestinationStream } from 'pino';

import { fieldsWithoutCredentials, loggableError, withoutCredentials } from './log-credentials.ts';
import { currentTrace } from './trace-context.ts';

/** A structured log that writes JSON lines. */
export interface Log {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface LogOptions {
  /** The deployable's name, such as `booking`. */
  readonly service: string;
  /** `debug`, `info`, `warn`, `error` or `silent`; `info` by default. */
  readonly level?: string;
  /** The output; standard error by default. */
  readonly destination?: DestinationStream;
}

/** Lines are buffered: a system call for each would add five per cent to a small request. */
const BUFFER_BYTES = 12 * 1024;
const FLUSH_MS = 250;

let standardError: DestinationStream | undefined;

/** The output shared by all logs of the process; it is flushed when the process exits. */
function toStandardError(): DestinationStream {
  return (standardError ??= pino.destination({
    dest: process.stderr.fd,
    sync: false,
    minLength: BUFFER_BYTES,
    periodicFlush: FLUSH_MS,
  }));
}

/**
 * Opens a log.
 *
 * Lines written within a trace carry its `traceId`, and the `spanId` when it is sampled. Pass an error as `err`; its extra
 * properties are dropped. Credentials are redacted.
 */
export function openLog({ service, level = 'info', destination = toStandardError() }: LogOptions): Log {
  return pino(
    {
      level,
      base: { service },
      formatters: { log: fieldsWithoutCredentials },
      mixin: traceFields,
      serializers: { err: loggableError },
      hooks: {
        streamWrite: withoutCredentials,
      },
    },
    destination,
  );
}

/** The ids of the current trace; a line's own fields of these names take precedence. */
function traceFields(): object {
  const trace = currentTrace();
  if (trace === undefined) return {};
  const { traceId, span } = trace;
  return span === undefined ? { traceId } : { traceId, spanId: span.spanContext().spanId };
}

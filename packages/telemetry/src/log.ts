import { pino, type DestinationStream } from 'pino';

import { fieldsWithoutCredentials, shownError, withoutCredentials } from './log-credentials.ts';
import { currentTrace } from './trace-context.ts';

/** A structured log: one line of JSON a message. Fields come first, then what happened. */
export interface Log {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface LogOptions {
  /** The deployable that writes, such as `booking`. */
  readonly service: string;
  /** `debug`, `info`, `warn`, `error` or `silent`; `info` when not given. */
  readonly level?: string;
  /** Where lines go; standard error when not given. */
  readonly destination?: DestinationStream;
}

/** Lines are gathered: a system call a line would cost a small request a twentieth of its time. */
const GATHER_BYTES = 12 * 1024;
const GATHER_MS = 250;

let standardError: DestinationStream | undefined;

/** One for all logs of the process; what it has gathered is written when the process ends in order. */
function toStandardError(): DestinationStream {
  return (standardError ??= pino.destination({
    dest: process.stderr.fd,
    sync: false,
    minLength: GATHER_BYTES,
    periodicFlush: GATHER_MS,
  }));
}

/**
 * Opens a log.
 *
 * What is written within a trace says so by `traceId`, and by `spanId` when it is recorded. An error goes under `err`,
 * without properties of its own; what could be a credential is left out.
 */
export function openLog({ service, level = 'info', destination = toStandardError() }: LogOptions): Log {
  return pino(
    {
      level,
      base: { service },
      formatters: { log: fieldsWithoutCredentials },
      mixin: traceFields,
      serializers: { err: shownError },
      hooks: {
        streamWrite: withoutCredentials,
      },
    },
    destination,
  );
}

/** Of the running work; fields of the same name that a line is given come first. */
function traceFields(): object {
  const trace = currentTrace();
  if (trace === undefined) return {};
  const { traceId, span } = trace;
  return span === undefined ? { traceId } : { traceId, spanId: span.spanContext().spanId };
}

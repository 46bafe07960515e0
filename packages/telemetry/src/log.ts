import { pino, type DestinationStream } from 'pino';

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

const STANDARD_ERROR: DestinationStream = { write: (line) => void process.stderr.write(line) };

/** Opens a log. An error goes under `err`; what could be a credential is left out. */
export function openLog({ service, level = 'info', destination = STANDARD_ERROR }: LogOptions): Log {
  const redact = {
    paths: ['password', 'token', 'accessToken', 'refreshToken', 'authorization', '*.password'],
    censor: '…',
  };
  return pino({ level, base: { service }, redact }, destination);
}

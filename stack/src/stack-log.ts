import { createWriteStream, statSync } from 'node:fs';
import { type Log, openLog } from '@marquee/telemetry';

/** How lines of errors and of what is worse begin. */
const ERROR = /^\{"level":[56]0,/;
const LIMIT_BYTES = 20_000_000;

export interface StackLogOptions {
  file: string;
  level: string;
  /** Hears of errors, a line each. */
  onError: (line: string) => void;
}

/** Opens the logs of the parts of the stack: all in one file, errors in short on the terminal too. */
export function openStackLog({ file, level, onError }: StackLogOptions): (service: string) => Log {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const stream = createWriteStream(file, { flags: size > LIMIT_BYTES ? 'w' : 'a', mode: 0o600 });
  // A full disk must not end what is being served.
  stream.on('error', () => {});
  const write = (line: string): void => {
    stream.write(line);
    if (!ERROR.test(line)) return;
    const { service, msg, err } = JSON.parse(line) as LogLine;
    onError(`${service}: ${msg}${err?.message === undefined ? '' : ` (${err.message})`}`);
  };
  return (service) => openLog({ service, level, destination: { write } });
}

interface LogLine {
  service: string;
  msg: string;
  err?: { message?: string };
}

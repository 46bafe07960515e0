import { createWriteStream, statSync } from 'node:fs';
import { type Log, openLog } from '@marquee/telemetry';

/** The start of a line of level error or fatal. */
const ERROR = /^\{"level":[56]0,/;
const LIMIT_BYTES = 20_000_000;

export interface StackLogOptions {
  file: string;
  level: string;
  /** Called with a one-line summary of each error. */
  onError: (line: string) => void;
}

/** Opens the logs of all services of the stack in one file; errors are summarised on the terminal too. */
export function openStackLog({ file, level, onError }: StackLogOptions): (service: string) => Log {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const stream = createWriteStream(file, { flags: size > LIMIT_BYTES ? 'w' : 'a', mode: 0o600 });
  // A full disk must not stop the stack.
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

import { createWriteStream, statSync } from 'node:fs';
import { type Log, openLog } from '@marquee/telemetry';

const ERROR = 50;
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
    const { level: severity, service, msg, err } = JSON.parse(line) as LogLine;
    if (severity >= ERROR) onError(`${service}: ${msg}${err?.message === undefined ? '' : ` (${err.message})`}`);
  };
  return (service) => openLog({ service, level, destination: { write } });
}

interface LogLine {
  level: number;
  service: string;
  msg: string;
  err?: { message?: string };
}

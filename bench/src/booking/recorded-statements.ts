import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A statement that a program sent, in the order of the server's log. */
export interface RecordedStatement {
  /** The server process that carried it out: one for each connection. */
  readonly backend: number;
  readonly database: string;
  readonly text: string;
  /** Parameters in text form. */
  readonly values: readonly (string | null)[];
  /** Whether it runs inside a transaction that an earlier statement began. */
  readonly isInTransaction: boolean;
}

interface LogLine {
  readonly pid: number;
  readonly dbname?: string;
  readonly message: string;
  readonly detail?: string;
}

const SENT = /^(?:statement|execute [^:]*): ([^]*)$/;
const PARAMETERS = /^parameters: /i;
const PARAMETER = /\$\d+ = (NULL|'(?:[^']|'')*')/g;

/** The statements on the marketplace's databases in Postgres's JSON log. */
export function readStatements(folder: string): RecordedStatement[] {
  const open = new Set<number>();
  return logLines(folder).flatMap(({ pid, dbname = '', message, detail = '' }) => {
    const text = SENT.exec(message)?.[1];
    if (text === undefined || !dbname.startsWith('marquee_')) return [];
    const isInTransaction = open.has(pid);
    if (/^begin/i.test(text)) open.add(pid);
    if (/^(commit|rollback$)/i.test(text)) open.delete(pid);
    return [{ backend: pid, database: dbname, text, values: parametersOf(detail), isInTransaction }];
  });
}

function logLines(folder: string): LogLine[] {
  const logs = join(folder, 'data/log');
  const files = readdirSync(logs).filter((name) => name.endsWith('.json'));
  const lines = files.flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'));
  return lines.filter(Boolean).map((line) => JSON.parse(line) as LogLine);
}

/** Reads `Parameters: $1 = 'it''s', $2 = NULL`. */
export function parametersOf(detail: string): (string | null)[] {
  if (!PARAMETERS.test(detail)) return [];
  return [...detail.matchAll(PARAMETER)].map(([, value = 'NULL']) =>
    value === 'NULL' ? null : value.slice(1, -1).replaceAll("''", "'"),
  );
}

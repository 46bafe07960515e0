import type { SqlTransaction } from '@marquee/database';
import { join } from 'node:path';

import { writeEventFile } from './event-file.ts';
import { eventsOf, kindsOf } from './stored-events.ts';

export interface DayFiles {
  /** The folder, which gets `day=2027-01-31/kind=title_view/<part>.parquet`, as Spark, DuckDB and Hive read it. */
  readonly folder: string;
  readonly part: string;
  readonly withTexts: boolean;
}

export interface WrittenFile {
  readonly file: string;
  readonly events: number;
}

/** Writes the events of a day, a file for each kind. */
export async function writeDay(
  tx: SqlTransaction,
  day: string,
  { folder, part, withTexts }: DayFiles,
): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const { name, events } of await kindsOf(tx, day)) {
    const file = join(folder, `day=${day}`, `kind=${name}`, `${part}.parquet`);
    await writeEventFile({ file, rows: eventsOf(tx, day, name), withTexts });
    written.push({ file, events });
  }
  return written;
}

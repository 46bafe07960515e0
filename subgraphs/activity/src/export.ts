import type { SqlDatabase } from '@marquee/database';

import { eventDays } from './adapters/event-days.ts';
import { writeDay, type WrittenFile } from './adapters/parquet/day-files.ts';

/** The longest time that a day may take. */
const DAY_MS = 60 * 60 * 1_000;

export interface ExportOptions {
  /** The first day, such as `2027-01-31`. */
  readonly from: string;
  /** The last day. */
  readonly to: string;
  readonly folder: string;
  /** Whether files have what people wrote: search texts and properties. */
  readonly withTexts: boolean;
}

/** `npm run activity:export`: writes events to Parquet files by day and kind. Each day is as it is at one moment. */
export async function* exportEvents(
  client: SqlDatabase,
  { from, to, ...files }: ExportOptions,
): AsyncGenerator<WrittenFile> {
  for (const day of (await eventDays(client)).filter((each) => each >= from && each <= to)) {
    yield* await client.$sqlTransaction(
      async (tx) => {
        await tx.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`;
        return writeDay(tx, day, { ...files, part: 'events' });
      },
      { timeout: DAY_MS },
    );
  }
}

import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-activity';

import { eventDays, partitionOf } from './event-days.ts';
import { writeDay } from './parquet/day-files.ts';

/** The key of the advisory lock of whoever archives. */
const ARCHIVE_LOCK = 7_305_211;
/** The longest time that archiving a day may take. */
const DAY_MS = 60 * 60 * 1_000;

/** Old days of events, which are written to files and then dropped. */
export class Archive {
  readonly #client: SqlDatabase;
  readonly #folder: string;

  constructor(client: SqlDatabase, folder: string) {
    this.#client = client;
    this.#folder = folder;
  }

  /** The days before another, the first first. */
  async daysBefore(day: string): Promise<string[]> {
    return (await eventDays(this.#client)).filter((each) => each < day);
  }

  /**
   * Writes a day to files and drops it, unless somebody else does. Nobody adds to the day meanwhile. A process that is
   * killed in between writes the same files again.
   */
  async archive(day: string): Promise<void> {
    await this.#client.$sqlTransaction((tx) => this.#archiveIn(tx, day), { timeout: DAY_MS });
  }

  async #archiveIn(tx: SqlTransaction, day: string): Promise<void> {
    const [lock] = await tx.$queryRaw<{ taken: boolean; part: string | null }[]>`
      SELECT pg_try_advisory_xact_lock(${ARCHIVE_LOCK}::int) AS taken, to_regclass(${partitionOf(day)})::oid::text AS part`;
    if (!lock?.taken || lock.part === null) return;
    const partition = Prisma.raw(partitionOf(day));
    await tx.$executeRaw`LOCK TABLE ${partition} IN SHARE MODE`;
    // Named by the partition: should late events make the day once more, they get another file beside it.
    await writeDay(tx, day, { folder: this.#folder, part: lock.part, withTexts: false });
    await tx.$executeRaw`DROP TABLE ${partition}`;
  }
}

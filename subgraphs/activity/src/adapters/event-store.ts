import type { CopyDatabase } from '@marquee/database';

import { COPY_TO_STAGE, openStage } from './recording/stage.ts';
import { recordStaged } from './recording/record-staged.ts';

/** A load waits for the locks of others, and a large one takes a second. */
const LOAD_MS = 120_000;

/** Events loaded from the log on disk. */
export class EventStore {
  readonly #client: CopyDatabase;

  constructor(client: CopyDatabase) {
    this.#client = client;
  }

  /**
   * Loads a segment, unless that is done already: that it is loaded is noted in the same transaction.
   *
   * @param lines of `copyLines`
   * @returns how many of its events were new
   */
  load(segmentId: string, lines: readonly Buffer[]): Promise<number> {
    return this.#client.$copyTransaction(
      async (tx) => {
        const noted = await tx.$executeRaw`
          INSERT INTO loaded_segments (id) VALUES (${segmentId}::uuid) ON CONFLICT DO NOTHING`;
        if (noted === 0) return 0;
        await openStage(tx);
        await tx.copyIn(COPY_TO_STAGE, lines);
        return recordStaged(tx);
      },
      { timeout: LOAD_MS },
    );
  }
}

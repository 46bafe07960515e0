import { CodedError } from '@marquee/errors';
import type { Log } from '@marquee/telemetry';

import type { EventLog } from '../../domain/ports.ts';
import type { TrackedEvent } from '../../domain/tracked-event.ts';
import { copyLines } from '../recording/copy-lines.ts';
import type { SegmentFolder } from './segment-folder.ts';
import { SegmentWriter } from './segment-writer.ts';

/** Segments that wait above which the present one is not ended early. */
const MAX_WAITING = 8;

interface DiskLogOptions {
  readonly folder: SegmentFolder;
  readonly maxBacklogBytes: number;
  readonly log: Log;
}

/** Accepted events in segments on disk, as the lines by which they are loaded. */
export class DiskLog implements EventLog {
  readonly #options: DiskLogOptions;
  readonly #writer: SegmentWriter;
  /** Bytes that waited at the last load, or were written since. */
  #backlogBytes = 0;

  constructor(options: DiskLogOptions) {
    this.#options = options;
    this.#writer = new SegmentWriter(options.folder);
  }

  async append(events: readonly TrackedEvent[]): Promise<void> {
    const { maxBacklogBytes, log } = this.#options;
    const lines = Buffer.from(copyLines(events));
    if (this.#backlogBytes + lines.length > maxBacklogBytes) throw refused('too much waits to be loaded');
    this.#backlogBytes += lines.length;
    try {
      await this.#writer.append(lines);
    } catch (error) {
      log.error({ err: error }, 'events could not be written to disk');
      throw refused('the disk refuses them', error);
    }
  }

  /** Ends what can be loaded. @returns the segments' ids, the oldest first */
  async takeSegments(now: Date): Promise<string[]> {
    const { folder } = this.#options;
    // While the database is away, segments end when they are full: half a million small ones would be slow to list.
    if ((await folder.sealed()).length < MAX_WAITING) await this.#writer.roll();
    await folder.sealAbandoned(this.#writer.file, now);
    return folder.sealed();
  }

  async close(): Promise<void> {
    await this.#writer.roll();
  }

  /** Counts anew what waits, after a load. */
  async recount(): Promise<void> {
    this.#backlogBytes = (await this.#options.folder.backlog()).bytes;
  }
}

function refused(why: string, cause?: unknown): CodedError {
  const message = 'Events cannot be recorded right now. Keep them, and send them again in a minute.';
  return new CodedError('SUBGRAPH_UNAVAILABLE', message, { subgraph: 'activity' }, { cause: cause ?? new Error(why) });
}

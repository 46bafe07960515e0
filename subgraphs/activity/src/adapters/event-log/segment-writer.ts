import { type FileHandle, open, stat } from 'node:fs/promises';

import { encodeRecord } from './record.ts';
import type { SegmentFolder } from './segment-folder.ts';

/** The size at which a segment ends: what one transaction loads. */
const SEGMENT_BYTES = 4 * 1_024 * 1_024;

interface Waiting {
  readonly record: Buffer;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

interface Segment {
  readonly file: string;
  readonly handle: FileHandle;
  size: number;
}

/** Appends records to segments. Those that come while the disk is busy are written and synced together. */
export class SegmentWriter {
  readonly #folder: SegmentFolder;
  #segment: Segment | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #endsSegment = false;

  constructor(folder: SegmentFolder) {
    this.#folder = folder;
  }

  /** The file that is being written. */
  get file(): string | undefined {
    return this.#segment?.file;
  }

  /** Writes a record. It is on disk once this resolves. @throws what the file system throws */
  append(payload: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record: encodeRecord(payload), resolve, reject });
      void this.#run();
    });
  }

  /** Ends the present segment, after what is being written. */
  async roll(): Promise<void> {
    this.#endsSegment = true;
    await this.#run();
  }

  async #run(): Promise<void> {
    this.#writing ??= this.#writeAll();
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0 || this.#endsSegment) {
      const ends = this.#endsSegment;
      this.#endsSegment = false;
      const batch = this.#waiting.splice(0);
      if (batch.length > 0) await this.#settle(batch);
      if (ends || (this.#segment?.size ?? 0) >= SEGMENT_BYTES) await this.#end();
    }
    // In the same turn as the last look for more: whoever comes now starts anew.
    this.#writing = undefined;
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#write(Buffer.concat(batch.map(({ record }) => record)));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // The segment may end in half a record, so nothing may follow in it.
      await this.#end();
      for (const { reject } of batch) reject(error);
    }
  }

  async #write(records: Buffer): Promise<void> {
    const segment = (this.#segment ??= await this.#open());
    await segment.handle.appendFile(records);
    await segment.handle.datasync();
    segment.size += records.length;
    if (await isThere(segment.file)) return;
    // Another process has taken the segment for abandoned, and may have read it before this was written.
    await this.#end();
    await this.#write(records);
  }

  async #open(): Promise<Segment> {
    const file = this.#folder.newFile();
    const segment = { file, handle: await open(file, 'ax', 0o600), size: 0 };
    await this.#folder.sync();
    return segment;
  }

  async #end(): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    try {
      await segment?.handle.close();
      if (segment) await this.#folder.seal(segment.file);
    } catch {
      // Its events are on disk. As nobody writes it any more, it will be taken for abandoned.
    }
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}

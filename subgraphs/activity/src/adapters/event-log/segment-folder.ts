import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

import { type ReadRecords, readRecords } from './record.ts';

/** A segment that is being written, and one that is not written any more. */
const OPEN = /^([0-9a-f-]{36})\.open$/;
const SEALED = /^([0-9a-f-]{36})\.log$/;
/** The end of the name of one that the database refuses. */
const REFUSED = /\.refused$/;
/** A process seals its segment within a second; one that is not touched for longer has lost its process. */
const ABANDONED_MS = 5_000;

/** The segments that wait to be loaded. */
export interface Backlog {
  readonly bytes: number;
  /** When the oldest segment was begun; null when nothing waits. */
  readonly since: Date | null;
}

/**
 * The folder of segments.
 *
 * Processes may share it. Renaming a segment ends it, whoever does: its writer looks whether it is still there after each
 * write, and else writes again elsewhere. So what is acknowledged is in a segment that somebody will read to its end.
 */
export class SegmentFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // Perhaps this process's code is one that can load them.
    for (const name of readdirSync(path).filter((each) => REFUSED.test(each)))
      renameSync(join(path, name), join(path, name.replace(REFUSED, '.log')));
  }

  /** A new segment's file. */
  newFile(): string {
    return join(this.path, `${randomUUID()}.open`);
  }

  /** Ends a segment, so that it can be loaded. Harmless where that is done. */
  async seal(file: string): Promise<void> {
    await ignoringAbsence(rename(file, file.replace(/open$/, 'log')));
  }

  /** Ends segments whose process is gone. @param own the segment that this process writes */
  async sealAbandoned(own: string | undefined, now: Date): Promise<void> {
    for (const name of await readdir(this.path)) {
      const file = join(this.path, name);
      if (!OPEN.test(name) || file === own) continue;
      const found = await ignoringAbsence(stat(file));
      if (found && now.getTime() - found.mtimeMs >= ABANDONED_MS) await this.seal(file);
    }
  }

  /** The ids of segments that can be loaded, the oldest first. */
  async sealed(): Promise<string[]> {
    const found = await this.#stats(SEALED);
    return found.toSorted((a, b) => a.begun - b.begun).map(({ id }) => id);
  }

  /** A segment's records; none when somebody else has loaded and deleted it. */
  async read(id: string): Promise<ReadRecords> {
    const segment = await ignoringAbsence(readFile(this.#fileOf(id)));
    return segment ? readRecords(segment) : { payloads: [], tornBytes: 0 };
  }

  async delete(id: string): Promise<void> {
    await ignoringAbsence(unlink(this.#fileOf(id)));
  }

  /** Puts a segment aside that the database refuses: the next process that starts tries it again. */
  async setAside(id: string): Promise<void> {
    await ignoringAbsence(rename(this.#fileOf(id), join(this.path, `${id}.refused`)));
  }

  async backlog(): Promise<Backlog> {
    const waiting = [...(await this.#stats(SEALED)), ...(await this.#stats(OPEN))];
    const bytes = waiting.reduce((sum, { size }) => sum + size, 0);
    const oldest = Math.min(...waiting.filter(({ size }) => size > 0).map(({ begun }) => begun));
    return { bytes, since: Number.isFinite(oldest) ? new Date(oldest) : null };
  }

  /** The number of segments that are set aside. */
  async refused(): Promise<number> {
    return (await readdir(this.path)).filter((name) => REFUSED.test(name)).length;
  }

  /** Makes the names of new files as durable as their content. */
  async sync(): Promise<void> {
    const folder = await open(this.path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  #fileOf(id: string): string {
    return join(this.path, `${id}.log`);
  }

  async #stats(names: RegExp): Promise<{ id: string; size: number; begun: number }[]> {
    const found = [];
    for (const name of await readdir(this.path)) {
      const [, id] = names.exec(name) ?? [];
      const file = id && (await ignoringAbsence(stat(join(this.path, name))));
      if (id && file) found.push({ id, size: file.size, begun: file.birthtimeMs });
    }
    return found;
  }
}

/** The result; undefined where the file is not there any more. */
async function ignoringAbsence<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

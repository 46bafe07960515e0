import { readFile } from 'node:fs/promises';
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Log } from '@marquee/telemetry';

/** Editors and `mv` touch a file several times; it is read once it was quiet for this long, ms. */
const QUIET_MS = 100;

export interface SupergraphFileOptions {
  readonly path: string;
  readonly load: (sdl: string) => Promise<void>;
  readonly log: Log;
}

/** Loads the supergraph again whenever its file changes. A file that does not load leaves the old one in force. */
export function watchSupergraphFile({ path, load, log }: SupergraphFileOptions): { stop(): void } {
  let current = '';
  let timer: NodeJS.Timeout | undefined;
  const reload = async () => {
    try {
      const sdl = await readFile(path, 'utf8');
      if (sdl === current || sdl.trim() === '') return;
      current = sdl;
      await load(sdl);
      log.info({ path }, 'a new supergraph is in force');
    } catch (error) {
      log.error({ path, err: error }, 'the new supergraph could not be loaded; the old one stays');
    }
  };
  // The folder, because a file that is replaced is another file.
  const watcher: FSWatcher = watch(dirname(path), (_event, name) => {
    if (name !== null && name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), QUIET_MS).unref();
  }).unref();
  return {
    stop: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
}

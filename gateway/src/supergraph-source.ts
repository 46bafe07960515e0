import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Log } from '@marquee/telemetry';
import type { Engine } from './engine/api.ts';
import type { GatewayMetrics } from './telemetry/metrics.ts';

/** The supergraph itself, or its file, which is loaded again when it changes unless `watch` is false. */
export type SupergraphSource = { readonly sdl: string } | { readonly path: string; readonly watch?: boolean };

/** Editors and `mv` touch a file several times: it is read once it has been quiet for this long, ms. */
const QUIET_MS = 100;

export function readSource(source: SupergraphSource): Promise<string> {
  return 'sdl' in source ? Promise.resolve(source.sdl) : readFile(source.path, 'utf8');
}

export interface WatchOptions {
  readonly engine: Engine;
  readonly metrics: GatewayMetrics;
  readonly log: Log;
}

/** Loads the supergraph again whenever its file changes. When a file does not load, the old supergraph stays. */
export function watchSource(source: SupergraphSource, options: WatchOptions): { stop(): void } | undefined {
  if (!('path' in source) || source.watch === false) return undefined;
  const { path } = source;
  const reload = reloader(path, options);
  let timer: NodeJS.Timeout | undefined;
  // The folder is watched, because a file that is replaced is another file.
  const watcher = watch(dirname(path), (_event, name) => {
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

function reloader(path: string, { engine, metrics, log }: WatchOptions): () => Promise<void> {
  let current = '';
  const load = async (sdl: string): Promise<void> => {
    try {
      await engine.load(sdl);
      metrics.swaps.inc({ outcome: 'loaded' });
    } catch (error) {
      metrics.swaps.inc({ outcome: 'refused' });
      throw error;
    }
  };
  return async () => {
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
}

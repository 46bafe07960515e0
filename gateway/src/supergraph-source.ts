import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Log } from '@marquee/telemetry';
import type { Engine } from './engine/api.ts';
import type { GatewayMetrics } from './telemetry/metrics.ts';

/** The supergraph's SDL, or a file of it. A change of the file is loaded unless `watch` is false. */
export type SupergraphSource = { readonly sdl: string } | { readonly path: string; readonly watch?: boolean };

/** Debounces the several events of one change, ms. */
const DEBOUNCE_MS = 100;

export function readSource(source: SupergraphSource): Promise<string> {
  return 'sdl' in source ? Promise.resolve(source.sdl) : readFile(source.path, 'utf8');
}

export interface WatchOptions {
  readonly engine: Engine;
  readonly metrics: GatewayMetrics;
  readonly log: Log;
}

/** Loads the supergraph again when its file changes. If that fails, the current one stays. */
export function watchSource(source: SupergraphSource, options: WatchOptions): { stop(): void } | undefined {
  if (!('path' in source) || source.watch === false) return undefined;
  const { path } = source;
  const reload = reloader(path, options);
  let timer: NodeJS.Timeout | undefined;
  // The folder is watched, because `mv` replaces the file and with it the watched inode.
  const watcher = watch(dirname(path), (_event, name) => {
    if (name !== null && name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), DEBOUNCE_MS).unref();
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
      log.info({ path }, 'a new supergraph is loaded');
    } catch (error) {
      log.error({ path, err: error }, 'the new supergraph could not be loaded; the current one stays');
    }
  };
}

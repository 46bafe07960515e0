import type { Log } from '@marquee/telemetry';

import type { Segments } from '../domain/ports.ts';

/** How often a segment is tried that the database refuses. */
const MAX_TRIES = 10;

export interface LoadEventsDeps {
  readonly segments: Segments;
  readonly store: { load(segmentId: string, lines: readonly Buffer[]): Promise<number> };
  /** Whether an error says that the database is away or busy, rather than that it refuses the events. */
  readonly isPassing: (error: unknown) => boolean;
  /** How often each segment was refused. */
  readonly refusals: Map<string, number>;
  readonly onLoaded: (count: { readonly events: number; readonly tornBytes: number }) => void;
  readonly log: Pick<Log, 'error' | 'warn'>;
  readonly now: () => Date;
}

/**
 * Loads the segments that wait. Each is loaded as a whole and noted in the same transaction, then deleted: who is killed in
 * between finds it noted.
 *
 * @throws what the database throws while it is away; everything stays on disk
 */
export async function loadEvents(deps: LoadEventsDeps): Promise<void> {
  const { segments, now } = deps;
  const ids = await segments.takeSegments(now());
  for (const id of ids) await loadSegment(deps, id);
  await segments.recount();
}

async function loadSegment(deps: LoadEventsDeps, id: string): Promise<void> {
  const { segments, store, log, onLoaded } = deps;
  const { payloads, tornBytes } = await segments.read(id);
  if (tornBytes > 0) log.warn({ segment: id, tornBytes }, 'the end of a segment was never acknowledged: it is dropped');
  try {
    const events = payloads.length === 0 ? 0 : await store.load(id, payloads);
    await segments.delete(id);
    onLoaded({ events, tornBytes });
  } catch (error) {
    if (deps.isPassing(error)) throw error;
    await refuse(deps, id, error);
  }
}

/** Tries a segment again at the next loads, then puts it aside: it holds up no other meanwhile. */
async function refuse({ segments, refusals, log }: LoadEventsDeps, id: string, err: unknown): Promise<void> {
  const tries = (refusals.get(id) ?? 0) + 1;
  refusals.set(id, tries);
  log.error({ err, segment: id, tries }, 'the database refuses a segment');
  if (tries < MAX_TRIES) return;
  refusals.delete(id);
  await segments.setAside(id);
}

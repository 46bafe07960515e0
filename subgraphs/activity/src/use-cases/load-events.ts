import type { Log } from '@marquee/telemetry';

import type { Segments } from '../domain/ports.ts';

/** How often a segment is tried that the database refuses. */
const MAX_TRIES = 10;

export interface LoadEventsDeps {
  readonly segments: Segments;
  readonly store: { load(segmentId: string, lines: readonly Buffer[]): Promise<number> };
  /** The UUID of a text: each record of a segment is known by its own. */
  readonly eventIdOf: (text: string) => string;
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
    await refuse(deps, id, payloads, error);
  }
}

/** Tries a segment again at the next loads, then its records one by one: it holds up no other meanwhile. */
async function refuse(deps: LoadEventsDeps, id: string, payloads: readonly Buffer[], err: unknown): Promise<void> {
  const { segments, refusals, log } = deps;
  const tries = (refusals.get(id) ?? 0) + 1;
  refusals.set(id, tries);
  log.error({ err, segment: id, tries }, 'the database refuses a segment');
  if (tries < MAX_TRIES) return;
  const isWhole = await loadApart(deps, id, payloads);
  refusals.delete(id);
  await (isWhole ? segments.delete(id) : segments.setAside(id));
}

/** Loads what one client sent apart from what others did: a batch that cannot be stored loses none but itself. */
async function loadApart(
  { store, eventIdOf, isPassing, onLoaded }: LoadEventsDeps,
  id: string,
  payloads: readonly Buffer[],
): Promise<boolean> {
  let isWhole = true;
  for (const [index, payload] of payloads.entries()) {
    try {
      onLoaded({ events: await store.load(eventIdOf(`${id} ${index}`), [payload]), tornBytes: 0 });
    } catch (error) {
      if (isPassing(error)) throw error;
      isWhole = false;
    }
  }
  return isWhole;
}

import type { TrackEventInput } from '../generated/graphql.ts';

const KEY = 'marquee.events';
/** Events kept while the server cannot be reached; the oldest are dropped beyond that. */
const MAX_KEPT = 2_000;

/** Events that the server has not acknowledged. They are in storage, so that neither a reload nor another tab loses them. */
export const outbox = {
  all: (): readonly TrackEventInput[] => parse(localStorage.getItem(KEY)),

  add(event: TrackEventInput): void {
    write([...outbox.all(), event].slice(-MAX_KEPT));
  },

  remove(ids: ReadonlySet<string>): void {
    write(outbox.all().filter(({ id }) => !ids.has(id)));
  },

  clear: (): void => localStorage.removeItem(KEY),
};

function parse(text: string | null): TrackEventInput[] {
  try {
    return text === null ? [] : (JSON.parse(text) as TrackEventInput[]);
  } catch {
    return [];
  }
}

function write(events: readonly TrackEventInput[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(events));
  } catch {
    // Storage is full: counting visits must not hold up the person.
  }
}

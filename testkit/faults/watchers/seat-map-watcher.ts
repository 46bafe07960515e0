import { setTimeout as pause } from 'node:timers/promises';
import { graphClient } from '@marquee/stack/client';
import { SeatMap } from '@marquee/stack/demo/operations';

import { keepOpen, type LiveEvent, type LiveStreamOptions } from './live-stream.ts';
import type { Watcher } from './watcher.ts';

interface Change {
  readonly seatMapChanged: { readonly version: number; readonly seats: readonly { id: string; status: string }[] };
}

interface State {
  readonly version: number;
  readonly statuses: Readonly<Record<string, string>>;
}

const QUERY = 'subscription ($showId: ID!) { seatMapChanged(showId: $showId) { version seats { id status } } }';
/** The time in which a subscription begins; there is no confirmation for clients. */
const OPENING_MS = 1_000;
const RETRY_MS = 500;

/** Follows a seat map by its changes, and reads it again only when it is told of a gap. */
export function watchSeatMap(
  { endpoint, carrier }: Pick<LiveStreamOptions<never>, 'endpoint' | 'carrier'>,
  showId: string,
): Watcher {
  const name = `the seat map of ${showId} over ${carrier}`;
  const count = { events: 0, gaps: 0 };
  const found: string[] = [];
  let state: State = { version: -1, statuses: {} };
  let lastPushed = -1;
  let isOpening = true;
  const closing = new AbortController();
  let work = Promise.resolve();

  const reread = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        state = await readSeatMap(endpoint, showId);
        return;
      } catch {
        await pause(RETRY_MS);
      }
    }
  };
  const apply = async ({ data, extensions }: LiveEvent<Change>): Promise<void> => {
    count.events += 1;
    if (extensions?.gap) count.gaps += 1;
    if (!data) return extensions?.gap ? reread() : void found.push(`${name}: an event without data and gap`);
    const { version, seats } = data.seatMapChanged;
    if (version <= lastPushed) found.push(`${name}: version ${version} was pushed after ${lastPushed}`);
    lastPushed = version;
    const isJump = version > state.version + 1;
    if (isJump && !extensions?.gap && !isOpening)
      found.push(`${name}: from ${state.version} to ${version} without a gap`);
    isOpening = false;
    if (extensions?.gap || isJump) return reread();
    if (version <= state.version) return;
    const changed = Object.fromEntries(seats.map(({ id, status }) => [id, status]));
    state = { version, statuses: { ...state.statuses, ...changed } };
  };
  const inTurn = (step: () => Promise<void>): void => void (work = work.then(step));
  const close = keepOpen<Change>({
    ...{ endpoint, carrier, query: QUERY, variables: { showId } },
    onOpen: () =>
      inTurn(async () => {
        isOpening = true;
        await pause(OPENING_MS);
        await reread();
      }),
    onEvent: (event) => inTurn(() => apply(event)),
  });
  return {
    count,
    violations: async () => {
      await work;
      return [...found, ...differences(name, state, await readSeatMap(endpoint, showId))];
    },
    stop: () => {
      closing.abort();
      close();
    },
  };
}

function differences(name: string, seen: State, actual: State): string[] {
  if (seen.version !== actual.version) return [`${name}: at version ${seen.version} instead of ${actual.version}`];
  const differing = Object.keys(actual.statuses).filter((id) => actual.statuses[id] !== seen.statuses[id]);
  return differing.map((id) => `${name}: ${id} is ${actual.statuses[id]}, seen as ${seen.statuses[id]}`);
}

async function readSeatMap(endpoint: string, showId: string): Promise<State> {
  const { show } = await graphClient({ endpoint }).request(SeatMap, { showId });
  if (!show) throw new Error(`There is no show ${showId}`);
  const seats = show.seatMap.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  return { version: show.seatMap.version, statuses: Object.fromEntries(seats.map(({ id, status }) => [id, status])) };
}

import { setTimeout as pause } from 'node:timers/promises';

import { eventually } from '../../src/eventually.ts';
import { queryDatabase } from '../query-database.ts';
import type { World } from '../world.ts';
import { keepOpen, type LiveEvent, type LiveStreamOptions } from './live-stream.ts';
import type { Watcher } from './watcher.ts';

interface Changed {
  readonly bookingStatusChanged: { readonly booking: { readonly status: string } };
}

/** The time in which a subscription begins; there is no confirmation for clients. */
const OPENING_MS = 1_000;
const READ_MS = 60_000;
const QUERY = 'subscription ($id: ID!) { bookingStatusChanged(bookingId: $id) { booking { status } } }';

/** Follows a booking that awaits its payment to its end; whoever relies on pushes alone has to learn of that. */
export function watchBooking(
  world: World,
  booking: { readonly id: string; readonly accessToken: string },
  carrier: LiveStreamOptions<never>['carrier'],
): Watcher {
  const name = `the booking ${booking.id} over ${carrier}`;
  const count = { events: 0, gaps: 0 };
  const found: string[] = [];
  const pushed: string[] = [];
  let read: string | undefined;
  let opened = 0;
  const take = ({ data, extensions }: LiveEvent<Changed>): void => {
    count.events += 1;
    if (extensions?.gap) count.gaps += 1;
    if (!data) return void (extensions?.gap ?? found.push(`${name}: an event without data and gap`));
    const { status } = data.bookingStatusChanged.booking;
    if (pushed.includes(status) && !extensions?.gap) found.push(`${name}: ${status} was pushed again`);
    pushed.push(status);
  };
  const readStatus = async (): Promise<string> => {
    const text = 'SELECT status FROM bookings WHERE id = $1';
    const [row] = await queryDatabase<{ status: string }>(world.databaseUrl('booking'), text, [booking.id]);
    return row?.status ?? 'unknown';
  };
  const readOnce = async (): Promise<void> => {
    read = await eventually(readStatus, { timeoutMs: READ_MS, everyMs: OPENING_MS }).catch(() => undefined);
  };
  const stop = keepOpen<Changed>({
    ...{ endpoint: world.endpoint, accessToken: booking.accessToken, carrier },
    ...{ query: QUERY, variables: { id: booking.id } },
    onOpen: () => {
      opened += 1;
      void pause(OPENING_MS).then(readOnce, () => undefined);
    },
    onEvent: take,
  });
  return {
    count,
    violations: async () => {
      const status = await readStatus();
      const seen = pushed.at(-1) ?? read;
      return seen === status || opened > 1 ? found : [...found, `${name}: is ${status}, seen as ${seen ?? 'nothing'}`];
    },
    stop,
  };
}

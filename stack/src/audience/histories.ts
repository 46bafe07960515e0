import { setTimeout as pause } from 'node:timers/promises';
import type { GraphClient } from '../client/index.ts';
import { type ChosenShow, showsIn } from '../demo/choose-show.ts';
import type { City } from '../demo/operations.ts';
import { logIn, UnexpectedResultError } from '../demo/purchase.ts';
import { emailOf, PARTNER } from './accounts.ts';
import { buyBestAvailable } from './buy-tickets.ts';
import { dateBack } from './date-back.ts';
import type { SeedBookingsDeps } from './deps.ts';
import { CancelShow, MyNotifications } from './operations.ts';

interface PlannedBooking {
  /** The day of the show, from today. */
  readonly inDays: number;
  readonly seats: number;
  /** Moves it to the past. */
  readonly weeksBack?: number;
  /** Cancels the show. */
  readonly cancelled?: boolean;
}

/** No day twice, so that no show is both past and upcoming. */
const HISTORY: readonly PlannedBooking[] = [
  { inDays: 6, seats: 2, weeksBack: 5 },
  { inDays: 3, seats: 3, weeksBack: 2 },
  { inDays: 9, seats: 2, cancelled: true },
  { inDays: 4, seats: 2 },
  { inDays: 8, seats: 4 },
];
const REASON = 'The screen is being repaired.';
const POLL_MS = 100;

/** Gives a customer upcoming, past and cancelled bookings in a city. */
export async function giveHistory(deps: SeedBookingsDeps, customer: GraphClient, city: City): Promise<void> {
  const { databaseUrls, endpoint, signal } = deps;
  for (const [index, { inDays, seats, weeksBack, cancelled }] of HISTORY.entries()) {
    signal.throwIfAborted();
    const show = (await untouchedShow(customer, city, inDays, index))?.show;
    if (!show) throw new Error(`${city.name} has no film in ${inDays} days for which no seat is sold.`);
    const bookingId = await buyBestAvailable(customer, show.id, seats);
    await noticeOf(customer, bookingId, signal);
    if (weeksBack !== undefined) await dateBack(databaseUrls, { showId: show.id, bookingIds: [bookingId] }, weeksBack);
    if (cancelled) await cancelShow(endpoint, show.id);
  }
}

/** A show that nobody has booked yet, of another film for each `turn` where there are so many. */
export async function untouchedShow(
  client: GraphClient,
  city: City,
  inDays: number,
  turn: number,
): Promise<ChosenShow | undefined> {
  const shows = new Map<string, ChosenShow>();
  for await (const chosen of showsIn(client, city, inDays, 'MOVIE')) {
    const { available, total } = chosen.show.availability;
    if (available === total) shows.set(chosen.title.id, chosen);
    if (shows.size > turn) break;
  }
  return [...shows.values()].at(-1);
}

/** Waits for the notification of a booking: the last that happens once it is paid. @throws when `signal` aborts */
export async function noticeOf(customer: GraphClient, bookingId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { viewer } = await customer.request(MyNotifications, { first: 5 });
    if (viewer.notifications.edges.some(({ node }) => node.booking?.id === bookingId)) return;
    await pause(POLL_MS, undefined, { signal });
  }
}

async function cancelShow(endpoint: string, showId: string): Promise<void> {
  const partner = await logIn(endpoint, emailOf(PARTNER));
  const { cancelShow: result } = await partner.request(CancelShow, { showId, reason: REASON });
  if (!result.show) throw new UnexpectedResultError('CancelShow', result);
}

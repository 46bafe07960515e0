import type { GraphClient } from '../client/index.ts';
import type { City } from '../demo/operations.ts';
import { buySeats } from './buy-tickets.ts';
import { dateBack } from './date-back.ts';
import type { SeedBookingsDeps } from './deps.ts';
import { noticeOf, untouchedShow } from './histories.ts';
import { partiesOf } from './sales-plan.ts';

/** Not the days that fill up now, and not that of the demo. */
const DAYS: readonly number[] = [2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13];
const WEEKS_BACK = 2;
/** The parties that come to a show: more at the weekend. */
const PARTIES = [2, 1, 1, 1, 2, 3, 3];

/** A show that the audience has been to. */
export interface PastShow {
  readonly city: City;
  readonly inDays: number;
  /** Of the audience, the first who buys. */
  readonly turn: number;
}

/** The shows of the last fortnight: one a day and city. */
export function pastShows(cities: readonly City[], days = DAYS): PastShow[] {
  return cities.flatMap((city, index) =>
    days.map((inDays, day) => ({ city, inDays, turn: index * days.length + day })),
  );
}

/**
 * Sells seats of a coming show, and moves it with its sales into the last fortnight: so reports have a past, and books are
 * true in all databases.
 */
export async function sellPastShow(
  deps: SeedBookingsDeps,
  { city, inDays, turn }: PastShow,
  customerOf: (turn: number) => Promise<GraphClient>,
): Promise<void> {
  const visitor = await customerOf(turn);
  const found = await untouchedShow(visitor, city, inDays, turn % 4);
  if (!found) return;
  const { show } = found;
  const parties = (await partiesOf(visitor, show.id)).slice(0, PARTIES[new Date(show.startsAt).getUTCDay()] ?? 1);
  const bookingIds: string[] = [];
  for (const [index, seatIds] of parties.entries()) {
    deps.signal.throwIfAborted();
    const customer = await customerOf(turn + index);
    const bookingId = await buySeats(customer, show.id, seatIds);
    await noticeOf(customer, bookingId, deps.signal);
    bookingIds.push(bookingId);
  }
  await dateBack(deps.databaseUrls, { showId: show.id, bookingIds }, WEEKS_BACK);
}

import { type GraphClient, graphClient, registeredOperations } from '@marquee/stack/client';
import { chooseSeats, type ChosenSeat, type ChosenShow, showsIn } from '@marquee/stack/demo/choose-show';
import { Cities } from '@marquee/stack/demo/operations';
import { createBooking, holdSeats, payBooking } from '@marquee/stack/demo/purchase';
import { setTimeout as pause } from 'node:timers/promises';

import type { Person } from './people.ts';
import { currentRun } from './run.ts';

export type { ChosenSeat, ChosenShow };

const DAYS_AHEAD = 6;

/** A client of the public endpoint beside the browser. */
export function clientOf(person?: Person): GraphClient {
  const endpoint = `${currentRun().origin}/graphql`;
  return graphClient({ endpoint, ...(person && { accessToken: person.accessToken }) });
}

let known: Promise<readonly ChosenShow[]> | undefined;

/** Movie shows on sale in a week, in the same order for every worker. */
async function shows(): Promise<readonly ChosenShow[]> {
  const client = clientOf();
  const { cities } = await client.request(Cities, {});
  const found: ChosenShow[] = [];
  for (const { node: city } of cities.edges.slice(0, 3)) {
    for await (const show of showsIn(client, city, DAYS_AHEAD, 'MOVIE')) found.push(show);
  }
  return found.filter(({ show }) => show.availability.available > 40);
}

let picked = 0;

/** A show that no other test sells seats of at the same time. @param worker the number of this worker, of two */
export async function freshShow(worker: number): Promise<ChosenShow> {
  known ??= shows();
  const all = await known;
  const show = all[(picked++ * 2 + worker) % all.length];
  if (!show) throw new Error('The seed has no show on sale in a week.');
  return show;
}

/** Free seats side by side. */
export function freeSeats(showId: string, count: number): Promise<ChosenSeat[]> {
  return chooseSeats(clientOf(), showId, count);
}

/** Holds seats beside the browser. */
export async function hold(person: Person, showId: string, seats: readonly ChosenSeat[]) {
  return holdSeats(
    clientOf(person),
    showId,
    seats.map(({ id }) => id),
  );
}

const Booking = registeredOperations('storefront')<
  {
    booking: {
      id: string;
      status: string;
      tickets: { id: string; status: string; qrCode: string | null }[];
      payments: { status: string }[];
    } | null;
  },
  { id: string }
>('Booking');

export async function bookingOf(person: Person, id: string) {
  const { booking } = await clientOf(person).request(Booking, { id });
  if (!booking) throw new Error(`${person.email} has no booking ${id}`);
  return booking;
}

const MyBookings = registeredOperations('storefront')<
  { viewer: { bookings: { edges: { node: { id: string; status: string } }[] } } },
  { first: number }
>('MyBookings');

export async function bookingsOf(person: Person) {
  const { viewer } = await clientOf(person).request(MyBookings, { first: 20 });
  return viewer.bookings.edges.map(({ node }) => node);
}

/** Buys seats beside the browser, and waits until the booking is confirmed. */
export async function buy(person: Person, showId: string, count: number) {
  const { id: holdId } = await hold(person, showId, await freeSeats(showId, count));
  const client = clientOf(person);
  const { id } = await createBooking(client, holdId);
  await payBooking(client, id);
  for (let tries = 0; tries < 100; tries++) {
    const booking = await bookingOf(person, id);
    if (booking.status === 'CONFIRMED') return booking;
    await pause(100);
  }
  throw new Error(`The booking ${id} is not confirmed.`);
}

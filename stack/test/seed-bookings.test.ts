import { openLog } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { seedBookings } from '../src/audience/seed-bookings.ts';
import { type GraphClient, registeredOperations } from '../src/client/index.ts';
import { databaseNames } from '../src/databases.ts';
import { chooseShow, type ChosenShow, showsIn } from '../src/demo/choose-show.ts';
import { Booking, Cities } from '../src/demo/operations.ts';
import { type Marketplace, onSale, openMarketplace, openVenue } from './marketplace.ts';
import { query } from './server-process.ts';

interface MyBooking {
  id: string;
  status: string;
  show: { id: string; startsAt: string };
  tickets: object[];
}

const storefront = registeredOperations('storefront');
const MyBookings = storefront<{ viewer: { bookings: { edges: { node: MyBooking }[] } } }, { first: number }>(
  'MyBookings',
);
const Timeline = storefront<
  { booking: { createdAt: string; show: { startsAt: string }; timeline: { at: string }[] } },
  { id: string }
>('Booking');
const SalesReport = registeredOperations('backoffice')<
  { salesReport: { rows: { ticketsSold: number; occupancyPercent: number }[] } },
  { from: string; to: string; groupBy: string }
>('SalesReport');

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

let marketplace: Marketplace;

beforeAll(async () => {
  marketplace = await openMarketplace({ rateLimits: true });
  const startsAt = Array.from({ length: 11 }, (_, day) => new Date(Date.now() + HOUR_MS + day * DAY_MS));
  const programme = { name: 'Filament Street', screens: [8, 16, 24], startsAt, price: 1_100 };
  const shows = await openVenue(await marketplace.logIn('partner'), programme);
  for (const show of shows) await onSale(marketplace.client(), show);
  await fill();
}, 60_000);

afterAll(() => marketplace.stop());

async function fill(): Promise<void> {
  const { endpoint } = marketplace;
  const databaseUrls = Object.fromEntries(databaseNames().map((name) => [name, marketplace.databaseUrl(name)]));
  const log = openLog({ service: 'seed', level: 'silent' });
  await seedBookings({
    endpoint,
    databaseUrls,
    log,
    signal: new AbortController().signal,
    pauseMs: 0,
    pastDays: [2, 5],
  });
}

async function bookingsOf(account: string): Promise<MyBooking[]> {
  const { viewer } = await (await marketplace.logIn(account)).request(MyBookings, { first: 20 });
  return viewer.bookings.edges.map(({ node }) => node);
}

test.each(['customer', 'customer2'])('%s has two upcoming, two past and a cancelled booking', async (account) => {
  await eventually(async () => {
    const kinds = (await bookingsOf(account)).map(({ status, show }) =>
      status === 'CONFIRMED' ? (Date.parse(show.startsAt) > Date.now() ? 'upcoming' : 'past') : status,
    );
    expect(kinds.toSorted()).toEqual(['CANCELLED', 'past', 'past', 'upcoming', 'upcoming']);
  });
});

test('a past booking was made, paid and notified before its show, whose sales are paid out', async () => {
  const customer = await marketplace.logIn('customer');
  const past = (await bookingsOf('customer')).filter(({ show }) => Date.parse(show.startsAt) < Date.now());
  for (const { id, show } of past) {
    const ended = `SELECT ends_at < now() AS ended FROM payable_shows WHERE id = '${show.id}'`;
    expect(await query(marketplace.databaseUrl('payments'), ended)).toEqual([{ ended: true }]);
    const { booking } = await customer.request(Timeline, { id });
    const times = [booking.createdAt, ...booking.timeline.map(({ at }) => at)].map((at) => Date.parse(at));
    expect(Math.max(...times)).toBeLessThan(Date.parse(booking.show.startsAt));
    expect(Math.max(...times)).toBeLessThan(Date.now() - WEEK_MS);
    const { booking: paid } = await customer.request(Booking, { id });
    expect(paid?.payments).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect(await query(marketplace.databaseUrl('payments'), paymentLateness(id))).toEqual([{ late: false }]);
    const told = (await query(marketplace.databaseUrl('notifications'), momentsIn(id))) as { at: string }[];
    expect(told.map(({ at }) => Date.parse(at))).toEqual(told.map(() => Date.parse(show.startsAt)));
    expect(told).not.toEqual([]);
  }
});

function paymentLateness(bookingId: string): string {
  return `SELECT settled_at > now() - interval '1 week' AS late FROM payments WHERE booking_id = '${bookingId}'`;
}

/** When the show begins, as the notices of its booking say. */
function momentsIn(bookingId: string): string {
  return `SELECT message #>> '{values,starts,at}' AS at FROM notifications
    WHERE booking_id = '${bookingId}' AND message #> '{values,starts}' IS NOT NULL`;
}

/** The shows of today and tomorrow for which seats are sold. */
async function soldShows(visitor: GraphClient): Promise<ChosenShow['show'][]> {
  const [city] = (await visitor.request(Cities, {})).cities.edges.map(({ node }) => node);
  if (!city) throw new Error('There is no city.');
  const sold: ChosenShow['show'][] = [];
  for (const day of [0, 1]) {
    for await (const { show } of showsIn(visitor, city, day, 'MOVIE', ['ON_SALE', 'SOLD_OUT'])) {
      if (show.availability.available < show.availability.total) sold.push(show);
    }
  }
  return sold;
}

test('one show is sold out, two are partly sold, and the demo finds seats', async () => {
  const visitor = marketplace.client();
  await eventually(async () => {
    const left = (await soldShows(visitor)).map(({ status, availability }) => `${status} ${availability.available}`);
    expect(left.toSorted()).toEqual(['ON_SALE 10', 'ON_SALE 3', 'SOLD_OUT 0']);
  });
  expect((await chooseShow(visitor, 2)).show.availability.available).toBeGreaterThan(1);
});

test('a partner sees the sales of past and coming shows', async () => {
  const partner = await marketplace.logIn('partner');
  const day = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, 10);
  const ofDays = async (from: number, to: number): Promise<number> => {
    const variables = { from: day(from), to: day(to), groupBy: 'CITY' };
    const { salesReport } = await partner.request(SalesReport, variables);
    return salesReport.rows.reduce((sum, { ticketsSold }) => sum + ticketsSold, 0);
  };
  expect(await ofDays(-6 * WEEK_MS, -2 * WEEK_MS - DAY_MS)).toBe(4);
  // The audience has been to shows of several days of the last fortnight.
  expect(await ofDays(-2 * WEEK_MS, -DAY_MS)).toBeGreaterThan(9);
  expect(await ofDays(0, 2 * WEEK_MS)).toBeGreaterThan(30);
});

test('a repeat changes nothing', async () => {
  const counted = () =>
    query(marketplace.databaseUrl('booking'), 'SELECT count(*)::int AS bookings, max(created_at) FROM bookings');
  const before = await counted();
  await fill();
  expect(await counted()).toEqual(before);
});

import { setTimeout as pause } from 'node:timers/promises';
import { allOrFirstError } from '../all-or-first-error.ts';
import { graphClient, type GraphClient } from '../client/index.ts';
import { Cities, type City } from '../demo/operations.ts';
import { logIn, UnexpectedResultError } from '../demo/purchase.ts';
import { AUDIENCE, DEMO_CUSTOMERS, emailOf, withoutBookings } from './accounts.ts';
import { buySeats } from './buy-tickets.ts';
import type { SeedBookingsDeps } from './deps.ts';
import { giveHistory } from './histories.ts';
import { pastShows, sellPastShow } from './past-sales.ts';
import { type Sale, salesIn } from './sales-plan.ts';

/** Cities in which shows are filled: the first that a client lists. */
const CITIES = 3;
/** Customers that buy at the same time. */
const CONCURRENCY = 2;
const PAUSE_MS = 100;

/**
 * Makes the shop look used, by sales through the public endpoint: sold-out and half-sold shows, and upcoming, past and
 * cancelled bookings of the demo customers. A demo customer who has booked before is left alone, and so is the audience
 * once one of it has, so a repeat changes nothing.
 *
 * @throws the reason of `signal` when it aborts
 */
export async function seedBookings(deps: SeedBookingsDeps): Promise<void> {
  const unused = await withoutBookings(deps.databaseUrls['booking'] ?? '');
  if (unused.size === 0) return;
  const visitor = graphClient({ endpoint: deps.endpoint });
  const cities = (await visitor.request(Cities, {})).cities.edges.slice(0, CITIES).map(({ node }) => node);
  await giveHistories(deps, cities, unused);
  if (AUDIENCE.every((account) => unused.has(account))) await sellOut(deps, visitor, cities);
  deps.log.info({ accounts: unused.size }, 'seeded bookings');
}

async function giveHistories(
  deps: SeedBookingsDeps,
  cities: readonly City[],
  unused: ReadonlySet<string>,
): Promise<void> {
  for (const [index, account] of DEMO_CUSTOMERS.entries()) {
    const city = cities[index % cities.length];
    if (city && unused.has(account)) await giveHistory(deps, await logIn(deps.endpoint, emailOf(account)), city);
  }
}

async function sellOut(deps: SeedBookingsDeps, visitor: GraphClient, cities: readonly City[]): Promise<void> {
  const sales: Sale[] = [];
  for (const city of cities) sales.push(...(await salesIn(visitor, city)));
  const shares = AUDIENCE.map((account, index) => ({
    account,
    sales: sales.filter((_, sale) => sale % AUDIENCE.length === index),
  }));
  const customerOf = customers(deps.endpoint);
  await workOff(shares, async ({ account, sales: ofAccount }) => {
    await buyAll(deps, await customerOf(AUDIENCE.indexOf(account)), ofAccount);
  });
  await workOff(pastShows(cities, deps.pastDays), (show) => sellPastShow(deps, show, customerOf));
}

/** Clients of the audience, each signed in when it is first needed. */
function customers(endpoint: string): (turn: number) => Promise<GraphClient> {
  const clients = new Map<string, Promise<GraphClient>>();
  return (turn) => {
    const account = AUDIENCE[turn % AUDIENCE.length] ?? '';
    const client = clients.get(account) ?? logIn(endpoint, emailOf(account));
    clients.set(account, client);
    return client;
  };
}

async function workOff<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await allOrFirstError(Array.from({ length: CONCURRENCY }, worker));
}

async function buyAll(deps: SeedBookingsDeps, customer: GraphClient, sales: readonly Sale[]): Promise<void> {
  const { log, pauseMs = PAUSE_MS, signal } = deps;
  for (const { showId, seatIds } of sales) {
    await pause(pauseMs, undefined, { signal });
    try {
      await buySeats(customer, showId, seatIds);
    } catch (err) {
      if (!(err instanceof UnexpectedResultError)) throw err;
      // Somebody else has bought one of the seats.
      log.info({ err, showId }, 'a seeded booking was refused');
    }
  }
}

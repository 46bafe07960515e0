import { setTimeout as pause } from 'node:timers/promises';
import { allOrFirstError } from '../all-or-first-error.ts';
import { graphClient, type GraphClient } from '../client/index.ts';
import { Cities, type City } from '../demo/operations.ts';
import { logIn, UnexpectedResultError } from '../demo/purchase.ts';
import { AUDIENCE, DEMO_CUSTOMERS, emailOf, withoutBookings } from './accounts.ts';
import { buySeats } from './buy-tickets.ts';
import type { SeedBookingsDeps } from './deps.ts';
import { giveHistory } from './histories.ts';
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
  const queue = shares.values();
  const work = async (): Promise<void> => {
    for (const share of queue) await buyAll(deps, share.account, share.sales);
  };
  await allOrFirstError(Array.from({ length: CONCURRENCY }, work));
}

async function buyAll(deps: SeedBookingsDeps, account: string, sales: readonly Sale[]): Promise<void> {
  const { endpoint, log, pauseMs = PAUSE_MS, signal } = deps;
  const customer = await logIn(endpoint, emailOf(account));
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

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { graphClient, type GraphClient, registeredOperations } from '@marquee/stack/client';
import { DEMO_PASSWORD } from '@marquee/stack/demo/purchase';
import { HoldSeats, Login, PayBooking, SeatMap } from '@marquee/stack/demo/operations';

import { changeOfMind } from './after-sale.ts';
import { book, offerCoupons } from './coupons.ts';
import { queryDatabase } from './query-database.ts';
import { pick } from './random.ts';
import type { World } from './world.ts';

/** The outcomes of buyers' visits. */
export interface SalesCount {
  /** Payments that the buyer was told had succeeded. */
  paid: number;
  /** Bookings that were made with a coupon. */
  discounted: number;
  /** Paid bookings of which tickets were cancelled or offered to somebody. */
  changed: number;
  /** Holds released, bookings left unpaid and payments declined, on purpose. */
  abandoned: number;
  /** Steps that were refused, such as a seat taken by another buyer. */
  refused: number;
  /** Steps that failed because of the faults. */
  failed: number;
}

/** Buyers at work. */
export interface Sales {
  readonly showIds: readonly string[];
  /** Ends the sale. */
  stop(): Promise<SalesCount>;
}

const SHOWS = 12;
export const CUSTOMER_EMAILS = ['customer@marquee.test', 'customer2@marquee.test'];
const SIGN_IN_AGAIN_MS = 5 * 60_000;
const PAUSE_MS = 300;

const ReleaseHold = registeredOperations('storefront')<object, { holdId: string }>('ReleaseHold');

/** Sells seats of a few shows to so many buyers at once, each of whom goes on in spite of failures. */
export async function startSales(world: World, buyers: number): Promise<Sales> {
  const rows = await queryDatabase<{ id: string }>(
    world.databaseUrl('booking'),
    `SELECT id FROM shows WHERE starts_at > now() + interval '2 days' AND NOT sold_out AND NOT high_demand
     ORDER BY md5(id || $1) LIMIT $2`,
    [`${world.random()}`, SHOWS],
  );
  const showIds = rows.map(({ id }) => id);
  const codes = await offerCoupons(await signedIn(world, 'admin@marquee.test')());
  const count: SalesCount = { paid: 0, discounted: 0, changed: 0, abandoned: 0, refused: 0, failed: 0 };
  const closing = new AbortController();
  const buy = async (email: string): Promise<void> => {
    const signIn = signedIn(world, email);
    while (!closing.signal.aborted) {
      try {
        await buyOnce(world, await signIn(), { showIds, codes }, count);
      } catch {
        count.failed += 1;
      }
      await pause(world.random() * PAUSE_MS);
    }
  };
  const working = Array.from({ length: buyers }, (_, index) =>
    buy(CUSTOMER_EMAILS[index % CUSTOMER_EMAILS.length] ?? ''),
  );
  return {
    showIds,
    stop: async () => {
      closing.abort();
      await Promise.all(working);
      return count;
    },
  };
}

/** @returns gives a client with a token that is still good */
function signedIn({ endpoint }: World, email: string): () => Promise<GraphClient> {
  let client: GraphClient | undefined;
  let since = 0;
  return async () => {
    if (client && Date.now() - since < SIGN_IN_AGAIN_MS) return client;
    const input = { email, password: DEMO_PASSWORD };
    const { login } = await graphClient({ endpoint }).request(Login, { input });
    if (login.accessToken === undefined) throw new Error(`Nobody is signed in: ${login.message}`);
    since = Date.now();
    client = graphClient({ endpoint, accessToken: login.accessToken });
    return client;
  };
}

/** The offers that visitors find. */
interface Offered {
  readonly showIds: readonly string[];
  /** Of coupons. */
  readonly codes: readonly string[];
}

/** One visit: holds seats, mostly books and pays them, and sometimes thinks better of it. */
async function buyOnce(
  { random }: World,
  client: GraphClient,
  { showIds, codes }: Offered,
  count: SalesCount,
): Promise<void> {
  const showId = pick(random, showIds);
  const seatIds = await freeSeats(client, showId, random);
  if (seatIds.length === 0) return void (count.refused += 1);
  const { holdSeats } = await client.request(HoldSeats, { input: { showId, seatIds, idempotencyKey: randomUUID() } });
  if (!holdSeats.hold) return void (count.refused += 1);
  const holdId = holdSeats.hold.id;
  const mood = random();
  if (mood < 0.1) {
    await client.request(ReleaseHold, { holdId });
    return void (count.abandoned += 1);
  }
  const booking = await book(client, holdId, random() < 0.5 ? pick(random, codes) : null);
  if (!booking) return void (count.refused += 1);
  if (booking.coupon !== null) count.discounted += 1;
  if (mood < 0.15) return void (count.abandoned += 1);
  const bookingId = booking.id;
  if (!(await pay(client, bookingId, random))) return void (count.abandoned += 1);
  count.paid += 1;
  if (await changeOfMind(client, bookingId, random)) count.changed += 1;
}

/** Mostly by the card that just works. */
const CARDS = [
  ...Array.from({ length: 12 }, () => 'tok_visa'),
  ...['tok_insufficient_funds', 'tok_requires_action', 'tok_requires_action', 'tok_flaky', 'tok_late'],
];

/** @returns whether the buyer was told that it is paid, or has done all for it */
async function pay(client: GraphClient, bookingId: string, random: () => number): Promise<boolean> {
  const input = { bookingId, with: { cardToken: pick(random, CARDS) }, idempotencyKey: randomUUID() };
  const { payment } = (await client.request(PayBooking, { input })).payBooking;
  if (payment?.status !== 'REQUIRES_ACTION' || !payment.actionUrl) return payment?.status === 'SUCCEEDED';
  if (random() < 0.3) return false;
  return (await fetch(payment.actionUrl)).ok;
}

/** Up to two free seats of a row, taken at random so that buyers rarely meet. */
async function freeSeats(client: GraphClient, showId: string, random: () => number): Promise<string[]> {
  const { show } = await client.request(SeatMap, { showId });
  const rows = (show?.seatMap.sections ?? []).flatMap(({ rows: all }) => all.map(({ seats }) => seats));
  const free = rows
    .map((seats) => seats.filter(({ status }) => status === 'AVAILABLE').map(({ id }) => id))
    .filter((seats) => seats.length > 0);
  if (free.length === 0) return [];
  const seats = pick(random, free);
  const first = Math.floor(random() * seats.length);
  return seats.slice(first, first + 2);
}

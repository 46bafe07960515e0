import { databaseUrl } from '../../../packages/database/src/databases.ts';
import { queryDatabase } from '../../../testkit/faults/query-database.ts';
import { LOAD_CORE, nodeCommand, PinnedProcess } from '../processes/pinned-process.ts';
import type { Sale, Sell, Sold } from './buyers.ts';
import { dealOut, findShows, type Offer } from './offers.ts';
import { type Cost, Meter } from './spent.ts';
import type { Servers, World } from './world.ts';

/** Two percentiles in milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
}

/** A round in which so many customers bought at once. */
export interface Round {
  readonly customers: number;
  readonly sales: number;
  readonly salesPerSecond: number;
  readonly failures: readonly string[];
  readonly hold: Latency;
  readonly book: Latency;
  readonly pay: Latency;
  /** From the answer to the payment to the booking's confirmation; 0 when it was confirmed before. */
  readonly confirmed: Latency;
  /** By sale. */
  readonly spent: Cost;
}

/** Customers who wanted the same seats. */
export interface Fight {
  readonly customers: number;
  readonly seats: number;
  readonly sold: number;
  /** Seats with more than one live ticket. */
  readonly soldTwice: number;
  /** Of every hold, refused or not. */
  readonly hold: Latency;
  readonly failures: readonly string[];
}

const WARM_UP_SECONDS = 5;
const WARM_UP_CUSTOMERS = 20;
const SETTLE_MS = 60_000;

/** Sells on a marketplace and reports what each round took. */
export class Measurement {
  readonly #servers: Servers;
  readonly #world: World;
  readonly #buyers: PinnedProcess;
  readonly #meter: Meter;
  readonly #shows: Offer[];

  private constructor(servers: Servers, world: World, buyers: PinnedProcess, meter: Meter, shows: Offer[]) {
    this.#servers = servers;
    this.#world = world;
    this.#buyers = buyers;
    this.#meter = meter;
    this.#shows = shows;
  }

  /** Makes the accounts, finds seats and warms everything up. */
  static async open(servers: Servers, world: World, customers: number): Promise<Measurement> {
    const buyers = new PinnedProcess(nodeCommand('src/booking/buyers-main.ts', [world.endpoint]), { core: LOAD_CORE });
    await buyers.ready();
    await buyers.ask('register', Math.max(customers, WARM_UP_CUSTOMERS));
    const shows = await findShows(world.endpoint, databaseUrl(servers.postgres.url, 'booking'), 300);
    const meter = await Meter.open(servers, world.stackPid);
    const measurement = new Measurement(servers, world, buyers, meter, shows);
    await measurement.round(WARM_UP_CUSTOMERS, WARM_UP_SECONDS);
    return measurement;
  }

  /** A round on shows of its own. */
  async round(customers: number, seconds: number, how: Pick<Sell, 'couponCode' | 'takingTurns'> = {}): Promise<Round> {
    const hands = dealOut(this.#shows.splice(0, 30), customers);
    const before = await this.#meter.read();
    const sold = await this.#buyers.ask<Sold>('sell', { hands, seconds, ...how });
    const confirmedAt = await this.#confirmations(sold.sales);
    const { sales, failures } = sold;
    return {
      ...{ customers, failures, sales: sales.length, salesPerSecond: sales.length / sold.seconds },
      hold: latency(sales.map(({ hold }) => hold)),
      book: latency(sales.map(({ book }) => book)),
      pay: latency(sales.map(({ pay }) => pay)),
      confirmed: latency(
        sales.map(({ bookingId, paidAt }) => Math.max(0, (confirmedAt.get(bookingId) ?? Infinity) - paidAt)),
      ),
      spent: await this.#meter.since(before, sales.length),
    };
  }

  async fight(customers: number, seats: number, seconds: number): Promise<Fight> {
    const show = this.#shows.shift();
    if (!show) throw new Error('No show is left.');
    const offer = { showId: show.showId, seatIds: show.seatIds.slice(0, seats) };
    const { sales, refused, failures } = await this.#buyers.ask<Sold>('fight', { offer, customers, seconds });
    await this.#confirmations(sales);
    const rows = await queryDatabase<{ tickets: number }>(
      this.#booking,
      `SELECT count(*)::int AS tickets FROM tickets WHERE show_id = $1 AND status <> 'CANCELLED' GROUP BY seat_id`,
      [offer.showId],
    );
    return {
      ...{ customers, seats, failures, sold: rows.length },
      soldTwice: rows.filter(({ tickets }) => tickets > 1).length,
      hold: latency([...sales.map(({ hold }) => hold), ...refused]),
    };
  }

  get #booking(): string {
    return databaseUrl(this.#servers.postgres.url, 'booking');
  }

  /** Waits until the sales are confirmed. @returns when each was, in milliseconds of the wall clock */
  async #confirmations(sales: readonly Sale[]): Promise<Map<string, number>> {
    const ids = sales.map(({ bookingId }) => bookingId);
    const until = Date.now() + SETTLE_MS;
    for (;;) {
      const rows = await queryDatabase<{ id: string; at: number }>(
        this.#booking,
        `SELECT booking_id AS id, extract(epoch FROM at)::float8 * 1000 AS at FROM booking_events
         WHERE type = 'CONFIRMED' AND booking_id = ANY ($1)`,
        [ids],
      );
      if (rows.length === ids.length || Date.now() > until) return new Map(rows.map(({ id, at }) => [id, at]));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async close(): Promise<void> {
    await this.#meter.close();
    await this.#buyers.stop();
    await this.#world.stop();
  }
}

function latency(values: readonly number[]): Latency {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

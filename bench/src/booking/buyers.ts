import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { registeredOperations } from '../../../stack/src/client/operation.ts';
import { DEMO_PASSWORD } from '../../../stack/src/demo/purchase.ts';
import type { Offer } from './offers.ts';

const storefront = registeredOperations('storefront');
const [Register, HoldSeats, CreateBooking, PayBooking] = ['Register', 'HoldSeats', 'CreateBooking', 'PayBooking'].map(
  (name) => storefront<never, never>(name).document,
) as [string, string, string, string];

/** Latencies of a sale's steps in milliseconds; `paidAt` is of the wall clock. */
export interface Sale {
  readonly bookingId: string;
  readonly hold: number;
  readonly book: number;
  readonly pay: number;
  readonly paidAt: number;
}

export interface Sold {
  readonly sales: readonly Sale[];
  /** Latencies of holds that were refused because another customer had the seat, in milliseconds. */
  readonly refused: readonly number[];
  /** Messages of whatever else went wrong. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

interface Answer {
  readonly __typename: string;
  readonly message?: string;
}

/** A sale by customers who each buy one offer after the other. */
export interface Sell {
  readonly hands: readonly (readonly Offer[])[];
  readonly seconds: number;
  /** The coupon of each booking. */
  readonly couponCode?: string | undefined;
  /** Whether each sale is by another account: a customer has one unpaid booking with a coupon. */
  readonly takingTurns?: boolean | undefined;
}

/** Customers who buy through the public endpoint over connections that stay open. */
export class Buyers {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #tokens: string[] = [];

  constructor(endpoint: string) {
    const { origin, pathname } = new URL(endpoint);
    this.#pool = new Pool(origin, { connections: 200, pipelining: 1 });
    this.#path = pathname;
  }

  /** Registers accounts until there are so many. */
  async register(count: number): Promise<void> {
    while (this.#tokens.length < count) {
      const wanted = Math.min(4, count - this.#tokens.length);
      this.#tokens.push(...(await Promise.all(Array.from({ length: wanted }, () => this.#registerOne()))));
    }
  }

  async #registerOne(): Promise<string> {
    const input = { email: `${randomUUID()}@bench.test`, password: DEMO_PASSWORD, displayName: 'A customer' };
    const { register } = await this.#ask<{ register: Answer & { accessToken?: string } }>(Register, { input }, '');
    if (register.accessToken === undefined) throw new Error(`No account was made: ${register.message}`);
    return register.accessToken;
  }

  /** Every customer buys one offer after the other, until the time or the offers are over. */
  async sell({ hands, seconds, couponCode, takingTurns = false }: Sell): Promise<Sold> {
    const startedAt = performance.now();
    const until = startedAt + seconds * 1_000;
    const sold = { sales: [] as Sale[], refused: [] as number[], failures: [] as string[] };
    const buy = async (offers: readonly Offer[], customer: number): Promise<void> => {
      for (const [turn, offer] of offers.entries()) {
        if (performance.now() >= until) return;
        const account = takingTurns ? (customer + turn * hands.length) % this.#tokens.length : customer;
        await this.#buy({ ...offer, couponCode }, this.#tokens[account] ?? '', sold);
      }
    };
    await Promise.all(hands.map(buy));
    return { ...sold, seconds: (performance.now() - startedAt) / 1_000 };
  }

  /** Every customer wants one of the seats, in an order of their own, until each seat is sold or the time is over. */
  async fight({ showId, seatIds }: Offer, customers: number, seconds: number): Promise<Sold> {
    const orders = Array.from({ length: customers }, (_, index) => {
      const from = (index * 7) % seatIds.length;
      return [...seatIds.slice(from), ...seatIds.slice(0, from)].map((id) => ({ showId, seatIds: [id] }));
    });
    return this.sell({ hands: orders, seconds });
  }

  async #buy(
    { couponCode, ...offer }: Offer & Pick<Sell, 'couponCode'>,
    token: string,
    sold: { sales: Sale[]; refused: number[]; failures: string[] },
  ): Promise<void> {
    try {
      const t0 = performance.now();
      const holding = { ...offer, idempotencyKey: randomUUID() };
      const { holdSeats } = await this.#ask<{ holdSeats: Answer & { hold?: { id: string } } }>(
        HoldSeats,
        { input: holding },
        token,
      );
      const t1 = performance.now();
      if (holdSeats.__typename === 'SeatUnavailableError') return void sold.refused.push(t1 - t0);
      const booking = { holdId: holdSeats.hold?.id, idempotencyKey: randomUUID(), couponCode };
      const { createBooking } = await this.#ask<{ createBooking: Answer & { booking?: { id: string } } }>(
        CreateBooking,
        { input: booking },
        token,
      );
      if (!createBooking.booking) throw new Error(createBooking.message);
      const t2 = performance.now();
      const bookingId = createBooking.booking.id;
      const payment = { bookingId, with: { cardToken: 'tok_visa' }, idempotencyKey: randomUUID() };
      const { payBooking } = await this.#ask<{ payBooking: Answer }>(PayBooking, { input: payment }, token);
      const t3 = performance.now();
      if (payBooking.__typename !== 'PayBookingPayload') throw new Error(payBooking.message);
      sold.sales.push({ bookingId, hold: t1 - t0, book: t2 - t1, pay: t3 - t2, paidAt: Date.now() });
    } catch (error) {
      sold.failures.push(error instanceof Error ? error.message : String(error));
    }
  }

  async #ask<Data>(query: string, variables: object, token: string): Promise<Data> {
    const { body } = await this.#pool.request({
      path: this.#path,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'apollographql-client-name': 'storefront',
        'apollographql-client-version': '1',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await body.json()) as { data?: Data; errors?: { message: string }[] };
    if (errors !== undefined || !data) throw new Error(errors?.[0]?.message ?? 'An empty answer');
    return data;
  }
}

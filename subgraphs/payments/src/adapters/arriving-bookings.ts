import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { madeAt } from '@marquee/subgraph/ids';

import type { ClosedBooking, PayableBooking } from '../domain/payable-booking.ts';
import type { PayableBookingRepository } from './payable-bookings.ts';

type Booking = PayableBooking | ClosedBooking;

/** For this long after a booking was made, its event is worth waiting for. */
const ON_ITS_WAY_MS = 500;
const LOOK_EVERY_MS = 5;
/** The most bookings waited for at once: a client can make ids up. */
const MAX_WAITING = 1_000;

/**
 * Bookings that are paid before their event has arrived, which takes milliseconds; under load, as long as a payment. To
 * wait for it costs less than to ask booking. All that wait look together.
 */
export class ArrivingBookings {
  readonly #bookings: Pick<PayableBookingRepository, 'findMany'>;
  readonly #waiting = new Map<
    string,
    { readonly until: number; readonly arrived: ((booking: Booking | null) => void)[] }
  >();

  constructor(bookings: Pick<PayableBookingRepository, 'findMany'>) {
    this.#bookings = bookings;
  }

  /** Waits for a booking that was made just now. @returns null when it has not arrived by then */
  arrival(id: string): Promise<Booking | null> {
    const until = (madeAt(id)?.getTime() ?? 0) + ON_ITS_WAY_MS;
    const left = until - Date.now();
    if (left <= 0 || left > ON_ITS_WAY_MS) return Promise.resolve(null);
    return new Promise((resolve) => {
      const known = this.#waiting.get(id);
      if (known) return void known.arrived.push(resolve);
      if (this.#waiting.size >= MAX_WAITING) return resolve(null);
      this.#waiting.set(id, { until, arrived: [resolve] });
      if (this.#waiting.size === 1) void this.#look();
    });
  }

  async #look(): Promise<void> {
    for (await nextTurn(); ; await sleep(LOOK_EVERY_MS)) {
      const found = await this.#bookings.findMany([...this.#waiting.keys()]).catch(() => []);
      for (const booking of found) this.#answer(booking.id, booking);
      const now = Date.now();
      for (const [id, { until }] of this.#waiting) if (until <= now) this.#answer(id, null);
      if (this.#waiting.size === 0) return;
    }
  }

  #answer(id: string, booking: Booking | null): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    for (const arrived of waiting?.arrived ?? []) arrived(booking);
  }
}

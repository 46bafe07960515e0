import { ANONYMOUS } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { book, hold, release, seatsOf } from './operations.ts';

const CHANGES = 'subscription($id: ID!) { seatMapChanged(showId: $id) { version seats { id status } } }';
const PER_ROW = 6;
const TRADING_MS = 1_500;
const [SETTLED, SOLD] = [{ timeoutMs: 15_000 }, 3];

type Statuses = Readonly<Record<string, string>>;

/** Follows the seat map from its first version. @returns the statuses that its changes lead to, by version */
async function follow({ subgraph }: BookingHarness, showId: string): Promise<ReadonlyMap<number, Statuses>> {
  const { version, statuses } = await seatsOf(subgraph, showId);
  const seen = new Map<number, Statuses>([[version, statuses]]);
  const changes = await subgraph.subscribe({ query: CHANGES, variables: { id: showId }, caller: ANONYMOUS });
  if (!(Symbol.asyncIterator in changes)) throw new Error(JSON.stringify(changes.errors));
  const apply = async (current: Statuses): Promise<void> => {
    let state = current;
    for await (const { data } of changes) {
      const change = data?.['seatMapChanged'] as { version: number; seats: { id: string; status: string }[] };
      state = { ...state, ...Object.fromEntries(change.seats.map(({ id, status }) => [id, status])) };
      seen.set(change.version, state);
    }
  };
  void apply(statuses);
  return seen;
}

/** A customer who holds seats again and again, and releases, books, pays or forgets them. */
async function trade(harness: BookingHarness, show: TestShow, n: number, until: number): Promise<void> {
  const who = customer();
  for (let step = n; Date.now() < until; step += 1) {
    const seats = [show.seat('A', 1 + (step % PER_ROW)), show.seat('B', 1 + ((step * 3 + n) % PER_ROW))];
    const held = await hold(harness.subgraph, who, show.showId, seats);
    if (held.__typename !== 'HoldSeatsPayload') continue;
    if (step % 3 === 0) await release(harness.subgraph, who, held.hold.id);
    if (step % 3 !== 1) continue;
    const { booking } = await book(harness.subgraph, who, held.hold.id);
    if (n < SOLD && step === n) {
      await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
    }
  }
}

test('a version of a seat map means the same seats to all who read it or follow its changes', async () => {
  const harness = await openBooking({ settings: { holdSeconds: 1, paymentSeconds: 1 } });
  const show = await scheduledShow(harness, { perRow: PER_ROW });
  const watchers = await Promise.all([1, 2].map(() => follow(harness, show.showId)));
  const readings: { version: number; statuses: Statuses }[] = [];
  const until = Date.now() + TRADING_MS;
  const readOn = async (): Promise<void> => {
    while (Date.now() < until + 1_000) readings.push(await seatsOf(harness.subgraph, show.showId));
  };
  await Promise.all([readOn(), ...[0, 1, 2, 3, 4].map((n) => trade(harness, show, n, until))]);
  const last = await eventually(async () => {
    const reading = await seatsOf(harness.subgraph, show.showId);
    expect(Object.values(reading.statuses)).not.toContain('HELD');
    return reading;
  }, SETTLED);
  for (const seen of watchers) {
    await eventually(() => expect(seen.has(last.version)).toBe(true), SETTLED);
    for (const { version, statuses } of [...readings, last]) expect(statuses).toEqual(seen.get(version));
  }
  expect(last.version).toBeGreaterThan(3);
});

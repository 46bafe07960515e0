import { ANONYMOUS } from '@marquee/subgraph';
import { happens } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { SeatMapRepository } from '../src/adapters/seat-maps.ts';
import { ShowRepository } from '../src/adapters/shows.ts';
import type { SeatMap } from '../src/domain/seat.ts';
import { publicSeatId } from '../src/domain/seat-id.ts';
import type { Show } from '../src/domain/show.ts';
import { type BookingHarness, customer, inDays, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { book, hold, holdBest } from './operations.ts';

const PER_ROW = 8;
const CHANGES =
  'subscription($id: ID!, $since: Int) { seatMapChanged(showId: $id, since: $since) { version seats { id status } } }';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ start: false });
});

async function sell(show: TestShow, seat: string): Promise<void> {
  const who = customer();
  const held = await hold(harness.subgraph, who, show.showId, [seat]);
  const { booking } = await book(harness.subgraph, who, held.hold.id);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
}

const soldIn = ({ sections }: SeatMap): Set<string> => {
  const seats = sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  return new Set(seats.filter(({ status }) => status === 'SOLD').map(publicSeatId));
};

/**
 * Sells a house to customers at once, while two processes read its seat map all the time.
 *
 * @param showOf the show as a process takes it when it reads the map
 * @returns how often a seat was read as free after its sale was confirmed
 */
async function readWhileSelling(showOf: (shows: ShowRepository, id: string) => Promise<Show | null | undefined>) {
  const show = await scheduledShow(harness, { perRow: PER_ROW });
  const confirmed = new Set<string>();
  const house = { isSelling: true, wrong: 0 };
  const readOn = async (): Promise<void> => {
    const shows = new ShowRepository(harness.database);
    const maps = new SeatMapRepository(harness.database, shows);
    await shows.find(show.showId);
    while (house.isSelling) {
      const before = [...confirmed];
      const sold = soldIn(await maps.read((await showOf(shows, show.showId)) as Show));
      house.wrong += before.filter((seat) => !sold.has(seat)).length;
      await new Promise(setImmediate);
    }
  };
  const sellRow = async (row: string): Promise<void> => {
    for (let number = 1; number <= PER_ROW; number += 1) {
      await sell(show, show.seat(row, number));
      confirmed.add(show.seat(row, number));
    }
  };
  const selling = Promise.all(['A', 'B'].map(sellRow)).finally(() => (house.isSelling = false));
  await Promise.all([selling, readOn(), readOn()]);
  return house.wrong;
}

test('a seat map that is read after a sale is confirmed never shows its seat as free, in any process', async () => {
  expect(await readWhileSelling((shows, id) => shows.find(id))).toBe(0);
});

test('control: a map of the version that a process remembers shows sold seats as free', async () => {
  const showsSoldAsFree = async () => (await readWhileSelling(async (shows, id) => shows.remembered(id))) > 0;
  expect(await happens(showsSoldAsFree)).toBe(true);
});

test('an unchanged seat map is read once, and again after each change', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const query = `query($ids: [_Any!]!) { _entities(representations: $ids) { ... on Show { seatMap { version } } } }`;
  const readMap = () => harness.execute(query, ANONYMOUS, { ids: [{ __typename: 'Show', id: showId }] });
  const statements = () => harness.statements.during(readMap);
  await readMap();
  expect(await statements()).toHaveLength(1);
  await hold(harness.subgraph, customer(), showId, [seat('A', 1)]);
  expect(await statements()).toHaveLength(2);
  expect(await statements()).toHaveLength(1);
});

/** The first change that a client is sent who has a version of the seat map. */
async function firstChange(showId: string, since: number) {
  const changes = await harness.subgraph.subscribe({
    query: CHANGES,
    variables: { id: showId, since },
    caller: ANONYMOUS,
  });
  if (!(Symbol.asyncIterator in changes)) throw new Error(JSON.stringify(changes.errors));
  const { value } = await changes[Symbol.asyncIterator]().next();
  await changes.return?.(undefined);
  return value.data.seatMapChanged as { version: number; seats: { id: string; status: string }[] };
}

test('a client that names the version it has is sent what changed since, in one change', async () => {
  const show = await scheduledShow(harness);
  await hold(harness.subgraph, customer(), show.showId, [show.seat('B', 1)]);
  await sell(show, show.seat('A', 1));
  expect(await firstChange(show.showId, 1)).toEqual({ version: 3, seats: [{ id: show.seat('A', 1), status: 'SOLD' }] });
});

test('changes of standing places are none of seats', async () => {
  const show = await scheduledShow(harness, { standing: 10 });
  await holdBest(harness.subgraph, customer(), show.showId, 2, { tierId: `${show.showId}_t3` });
  await hold(harness.subgraph, customer(), show.showId, [show.seat('A', 1)]);
  expect(await firstChange(show.showId, 0)).toEqual({ version: 2, seats: [{ id: show.seat('A', 1), status: 'HELD' }] });
});

test('a client is sent all seats where what it missed is not known, and after a move to another screen', async () => {
  const [show, other] = [await scheduledShow(harness), await scheduledShow(harness, { perRow: 2 })];
  await hold(harness.subgraph, customer(), show.showId, [show.seat('A', 1)]);
  expect((await firstChange(show.showId, 99)).seats).toHaveLength(1);
  await harness.deliver('catalog.show-changed', {
    ...{ cityCode: 'lon', showId: show.showId, version: 1, layoutId: other.layoutId, highDemand: false },
    ...{ startsAt: inDays(7), endsAt: inDays(8), screen: { id: 'scr_2', name: 'Screen 2' } },
    tiers: ['Standard', 'Premium'].map((name) => ({ id: name, name, price: { amount: 1_000, currency: 'GBP' } })),
  });
  const { version, seats } = await firstChange(show.showId, 1);
  expect(seats.map(({ status }) => status)).toEqual(Array(4).fill('AVAILABLE'));
  expect(version).toBeGreaterThan(2);
});

import { beforeAll, expect, test } from 'vitest';

import { type BookingHarness, customer, openBooking, scheduledShow } from './harness.ts';
import { holdBest } from './operations.ts';

const CUSTOMERS = 100;
const ROWS = Array.from({ length: 16 }, (_, index) => `R${index}-`);

let processes: readonly BookingHarness[];
beforeAll(async () => {
  const first = await openBooking({ start: false, rateLimits: false });
  const second = await openBooking({ start: false, rateLimits: false, databaseUrl: first.databaseUrl });
  processes = [first, second];
});

test('a hundred who ask two processes at once for two seats sit together, with two and a half attempts each at most', async () => {
  const [first, second] = processes as [BookingHarness, BookingHarness];
  const { showId } = await scheduledShow(first, { rows: ROWS, perRow: 20 });
  const ask = (n: number) =>
    holdBest((n % 2 === 0 ? first : second).subgraph, customer(), showId, 2, { tierId: `${showId}_t1` });
  let attempts = 0;
  const counted = async <T>(at: BookingHarness, work: () => Promise<T>): Promise<T> => {
    let answer: T | undefined;
    const sent = await at.statements.during(async () => void (answer = await work()));
    attempts += sent.filter((sql) => sql.includes('INSERT INTO seat_holds')).length;
    return answer as T;
  };
  const answers = await counted(first, () =>
    counted(second, () => Promise.all(Array.from({ length: CUSTOMERS }, (_, n) => ask(n)))),
  );
  const rows = answers.map(({ hold }) =>
    (hold.seats as readonly { row?: string; number?: number }[]).map(({ row }) => row),
  );
  expect(rows.every(([a, b]) => a !== undefined && a === b)).toBe(true);
  const ids = answers.flatMap(({ hold }) => hold.seats.map(({ id }) => id));
  expect(new Set(ids).size).toBe(2 * CUSTOMERS);
  expect(attempts).toBeLessThanOrEqual(2.5 * CUSTOMERS);
});

test('a wheelchair place comes with companions beside it, and is nobody else’s until nothing else is left', async () => {
  const [at] = processes as [BookingHarness];
  const { showId, seat } = await scheduledShow(at, { perRow: 3, wheelchairPlaces: [1] });
  const best = (quantity: number, more: object = {}) => holdBest(at.subgraph, customer(), showId, quantity, more);
  const idsOf = async (answer: ReturnType<typeof best>) => (await answer).hold.seats.map(({ id }) => id);
  expect(await idsOf(best(2, { accessible: true, tierId: `${showId}_t1` }))).toEqual([seat('A', 1), seat('A', 2)]);
  expect((await idsOf(best(3))).toSorted()).toEqual([seat('A', 3), seat('B', 2), seat('B', 3)]);
  expect(await idsOf(best(1))).toEqual([seat('B', 1)]);
  expect(await best(1, { accessible: true })).toMatchObject({
    __typename: 'NotEnoughSeatsError',
    available: 0,
    message: expect.stringContaining('wheelchair'),
  });
});

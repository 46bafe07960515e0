import { expect, test } from 'vitest';

import { SeatLayout } from '../domain/seat-layout.ts';
import { SeatsInFlight } from '../domain/seats-in-flight.ts';
import type { Show } from '../domain/show.ts';
import { choosePlaces, lookAtSeats, withLost } from './choose-places.ts';

const CUSTOMERS = 100;
const layout = new SeatLayout('lay', [
  {
    name: 'Stalls',
    tierName: 'Standard',
    rows: Array.from({ length: 20 }, (_row, row) => ({
      label: `${row}`,
      seats: Array.from({ length: 20 }, (_seat, index) => ({
        id: `${row}-${index}`,
        number: index + 1,
        accessible: false,
      })),
    })),
  },
]);
const show = { id: 'shw' } as Show;
const shows = {
  layout: async () => layout,
  taken: async () => new Map(),
  freeInSections: async () => [],
};
const TWO = { quantity: 2, tierName: undefined, accessible: false };
const random = (): number => 0;

/** Seats that a hundred requests choose before the first of them has claimed. */
async function chosenAtOnce(seatsInFlight: () => SeatsInFlight): Promise<string[]> {
  const chosen: string[] = [];
  const never = new Promise<never>(() => undefined);
  for (let n = 0; n < CUSTOMERS; n += 1) {
    const deps = { shows, seatsInFlight: seatsInFlight(), random };
    const seats = (await choosePlaces(deps, show, await lookAtSeats(deps, show), TWO)) ?? [];
    chosen.push(...seats);
    void deps.seatsInFlight.during(show.id, seats, () => never);
  }
  return chosen;
}

test('a hundred requests of a process choose a hundred blocks at once', async () => {
  const together = new SeatsInFlight();
  expect(new Set(await chosenAtOnce(() => together)).size).toBe(2 * CUSTOMERS);
});

test('control: requests that do not see each other all choose the same block', async () => {
  expect(new Set(await chosenAtOnce(() => new SeatsInFlight())).size).toBe(2);
});

test('seats that are being claimed are chosen when no others are free, and not those that were lost', async () => {
  const deps = { shows, seatsInFlight: new SeatsInFlight(), random };
  const all = layout.sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats.map(({ id }) => id)));
  const seen = withLost(await lookAtSeats(deps, show), all.slice(2));
  await deps.seatsInFlight.during(show.id, all.slice(0, 2), async () => {
    expect(await choosePlaces(deps, show, seen, TWO)).toEqual(all.slice(0, 2));
  });
  expect(await choosePlaces(deps, show, withLost(seen, all.slice(0, 1)), TWO)).toBeNull();
});

import { expect, test } from 'vitest';

import type { HoldClaim } from '../domain/ports.ts';
import { SeatLayout } from '../domain/seat-layout.ts';
import { SeatsInFlight } from '../domain/seats-in-flight.ts';
import type { Show } from '../domain/show.ts';
import { NotEnoughSeatsError, SeatUnavailableError } from '../errors.ts';
import { holdBestAvailable, type HoldBestAvailableDeps } from './hold-best-available.ts';

const seats = Array.from({ length: 40 }, (_seat, index) => ({ id: `${index}`, number: index + 1, accessible: false }));
const layout = new SeatLayout('lay', [{ name: 'Stalls', tierName: 'Standard', rows: [{ label: 'A', seats }] }]);
const show = {
  ...{ id: 'lon_shw_1', cityCode: 'lon', startsAt: new Date('2100-01-01'), cancelledAt: null, salesOpenAt: null },
  tiers: [{ id: 'lon_shw_1_t1', name: 'Standard', price: { amount: 1_000, currency: 'GBP' } }],
} as unknown as Show;

test('whoever loses every race for the best seats is told how many are left, after a limited number of attempts', async () => {
  let attempts = 0;
  const deps = {
    shows: {
      ...{ find: async () => show, remembered: () => undefined, layout: async () => layout },
      ...{ taken: async () => new Map(), freeInSections: async () => [], countAvailable: async () => 38 },
    },
    holds: {
      claim: async (claim: HoldClaim) => {
        attempts += 1;
        throw new SeatUnavailableError(
          show.id,
          claim.seats.map(({ id }) => id),
        );
      },
    },
    seatsInFlight: new SeatsInFlight(),
    ...{ seatLimits: { maxSeatsPerCustomer: 10, maxSeatsUnverified: 4, maxUnpaidSeats: 30 }, random: Math.random },
    runIdempotently: (_request: unknown, work: (row: unknown) => unknown) => work({}),
    now: () => new Date(),
  } as unknown as HoldBestAvailableDeps;
  const buyer = { customerId: 'usr_1', emailVerified: true, signedInAt: null };
  const held = holdBestAvailable(deps, { ...buyer, showId: show.id, quantity: 1, idempotencyKey: 'key' });
  await expect(held).rejects.toThrow(NotEnoughSeatsError);
  await expect(held).rejects.toMatchObject({ available: 38 });
  expect(attempts).toBeLessThanOrEqual(25);
});

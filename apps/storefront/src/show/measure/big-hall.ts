import type { Tier } from '../use-show.ts';
import type { SeatMapData } from '../map/hall.ts';

const ROWS = 25;
const SEATS_OF_ROW = 40;

/** Prices of the made-up hall. */
export const bigHallTiers: readonly Tier[] = ['Front', 'Middle', 'Rear'].map((name, index) => ({
  __typename: 'PriceTier',
  ...{ id: `tier-${index}`, name },
  allInPrice: { __typename: 'Money', amount: 5_000 - index * 1_000, currency: 'EUR' },
}));

/** A made-up hall with 1,000 seats, by which the plan is measured. */
export function bigHall(): SeatMapData['sections'] {
  const rows = Array.from({ length: ROWS }, (_, row) => ({
    label: String.fromCodePoint(65 + row),
    seats: Array.from({ length: SEATS_OF_ROW }, (_seat, at) => ({
      id: `seat-${row}-${at}`,
      number: at + 1,
      status: 'AVAILABLE' as const,
      accessible: false,
      tier: { id: `tier-${Math.min(2, Math.floor(row / 9))}` },
    })),
  }));
  return [{ name: 'Hall', tier: { id: 'tier-0' }, standingCapacity: null, standingAvailable: null, rows }];
}

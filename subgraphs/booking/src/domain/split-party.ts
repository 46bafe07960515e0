import type { SeatLayout } from './seat-layout.ts';
import { runsOf, type SeatFilter, type SeatRun } from './seat-runs.ts';

/**
 * Seats for a party that finds no room together: in the smallest number of pieces, and those of like size, so that
 * nobody sits alone where it can be avoided.
 *
 * @returns null when too few seats are free
 */
export function splitParty(layout: SeatLayout, quantity: number, filter: SeatFilter): SeatRun | null {
  const runs = new Map<number, readonly SeatRun[]>();
  const runsOfSize = (size: number): readonly SeatRun[] => {
    const found = runs.get(size) ?? runsOf(layout, size, filter);
    runs.set(size, found);
    return found;
  };
  for (let pieces = 2; pieces <= quantity; pieces += 1) {
    for (const sizes of sizesOf(quantity, pieces)) {
      const placed = place(sizes, runsOfSize);
      if (placed) return placed;
    }
  }
  return null;
}

/** Ways to make so many pieces of a party, the most equal first; the sizes of each fall. */
function sizesOf(quantity: number, pieces: number, most = quantity): number[][] {
  if (pieces === 1) return quantity <= most ? [[quantity]] : [];
  const ways: number[][] = [];
  for (let first = Math.ceil(quantity / pieces); first <= Math.min(most, quantity - pieces + 1); first += 1) {
    ways.push(...sizesOf(quantity - first, pieces - 1, first).map((rest) => [first, ...rest]));
  }
  return ways;
}

/** The best runs of these sizes that do not overlap; null when there are none. */
function place(sizes: readonly number[], runsOfSize: (size: number) => readonly SeatRun[]): SeatRun | null {
  const chosen: SeatRun[] = [];
  const used = new Set<string>();
  for (const size of sizes) {
    const run = runsOfSize(size).find(({ seatIds }) => !seatIds.some((id) => used.has(id)));
    if (!run) return null;
    chosen.push(run);
    for (const id of run.seatIds) used.add(id);
  }
  return {
    seatIds: chosen.flatMap(({ seatIds }) => seatIds),
    penalty: chosen.reduce((sum, { penalty }) => sum + penalty, 0),
    wheelchairPlaces: chosen.reduce((sum, { wheelchairPlaces }) => sum + wheelchairPlaces, 0),
  };
}

import type { LayoutRow, LayoutSeat, SeatLayout } from './seat-layout.ts';

/** Seats of one row that could be chosen together. */
interface Candidate {
  readonly seatIds: readonly string[];
  /** Lower is better. */
  readonly penalty: number;
}

/** The seats to choose from, and how many. */
export interface SeatRequest {
  readonly quantity: number;
  /** Only sections of the price tier with this name; all when undefined. */
  readonly tierName?: string | undefined;
  isFree(seatId: string): boolean;
}

/** The most popular row, as a fraction of the way to the back. */
const BEST_ROW = 2 / 3;
/** Larger than the penalty of any row, so that an earlier section always comes first. */
const SECTION_PENALTY = 100;

/**
 * Ranks choices of the best free seats, best first.
 *
 * Adjacent seats in one row win, the more central and the closer to two thirds back the better. When no row has enough
 * adjacent seats, the only choice is the best single seats. Wheelchair places are never chosen.
 *
 * @returns no choice when too few seats are free
 */
export function bestSeats(layout: SeatLayout, request: SeatRequest): readonly (readonly string[])[] {
  const rows = sectionsOf(layout, request).flatMap((section, sectionIndex) =>
    section.rows.map((row, index) => ({
      row,
      penalty: sectionIndex * SECTION_PENALTY + rowPenalty(index, section.rows.length),
    })),
  );
  const adjacent = rows.flatMap(({ row, penalty }) => freeRuns(row, penalty, request));
  if (adjacent.length > 0) return ranked(adjacent).map(({ seatIds }) => seatIds);
  const singles = ranked(rows.flatMap(({ row, penalty }) => freeRuns(row, penalty, { ...request, quantity: 1 })));
  const scattered = singles.slice(0, request.quantity).flatMap(({ seatIds }) => seatIds);
  return scattered.length === request.quantity ? [scattered] : [];
}

const sectionsOf = ({ sections }: SeatLayout, { tierName }: Pick<SeatRequest, 'tierName'>) =>
  sections.filter((section) => !tierName || section.tierName === tierName);

const isChoosable = (seat: LayoutSeat, { isFree }: Pick<SeatRequest, 'isFree'>): boolean =>
  !seat.accessible && isFree(seat.id);

const rowPenalty = (index: number, count: number): number => Math.abs(index - (count - 1) * BEST_ROW);

function ranked(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => a.penalty - b.penalty);
}

/** Every run of adjacent free seats of the requested length. */
function freeRuns(row: LayoutRow, penalty: number, request: SeatRequest): Candidate[] {
  const centre = (row.seats.length - 1) / 2;
  const runs: Candidate[] = [];
  for (let start = 0; start + request.quantity <= row.seats.length; start += 1) {
    const run = row.seats.slice(start, start + request.quantity);
    if (!run.every((seat) => isChoosable(seat, request))) continue;
    const offCentre = Math.abs(start + (request.quantity - 1) / 2 - centre);
    runs.push({ seatIds: run.map(({ id }) => id), penalty: penalty + offCentre / 2 });
  }
  return runs;
}

import type { LayoutRow, LayoutSeat, SeatLayout } from './seat-layout.ts';

/** Adjacent seats of one row. */
export interface SeatRun {
  readonly seatIds: readonly string[];
  /** Lower is better. */
  readonly penalty: number;
  readonly wheelchairPlaces: number;
}

/** The seats to choose from. */
export interface SeatFilter {
  /** Only sections of the price tier with this name; all when undefined. */
  readonly tierName?: string | undefined;
  isFree(seat: LayoutSeat): boolean;
}

/** The most popular row, as a fraction of the way to the back. */
const BEST_ROW = 2 / 3;
/** Larger than the penalty of any row, so that a worse row is better than a seat that nobody will buy alone. */
export const LONE_SEAT_PENALTY = 1_000;
/** Larger than any penalty in a section, so that an earlier section always comes first. */
const SECTION_PENALTY = 10_000;

/**
 * Every run of free seats of a size, best first: the more central and the closer to two thirds back the better, and only
 * where it cannot be avoided one that leaves a single free seat beside it.
 */
export function runsOf(layout: SeatLayout, size: number, { tierName, isFree }: SeatFilter): SeatRun[] {
  const runs = layout.sections.flatMap((section, sectionIndex) =>
    tierName !== undefined && section.tierName !== tierName
      ? []
      : section.rows.flatMap((row, index) => {
          const penalty = sectionIndex * SECTION_PENALTY + rowPenalty(index, section.rows.length);
          return runsIn(row, size, { penalty, isFree });
        }),
  );
  return runs.toSorted((a, b) => a.penalty - b.penalty);
}

const rowPenalty = (index: number, count: number): number => Math.abs(index - (count - 1) * BEST_ROW);

function runsIn({ seats }: LayoutRow, size: number, { penalty, isFree }: SeatFilter & { penalty: number }): SeatRun[] {
  const free = seats.map(isFree);
  const centre = (seats.length - 1) / 2;
  const runs: SeatRun[] = [];
  for (let [end, length] = [0, 0]; end < seats.length; end += 1) {
    length = free[end] ? length + 1 : 0;
    if (length < size) continue;
    const start = end - size + 1;
    const run = seats.slice(start, end + 1);
    const offCentre = Math.abs((start + end) / 2 - centre);
    runs.push({
      seatIds: run.map(({ id }) => id),
      penalty: penalty + offCentre / 2 + LONE_SEAT_PENALTY * loneSeats(free, start, end),
      wheelchairPlaces: run.filter(({ accessible }) => accessible).length,
    });
  }
  return runs;
}

/** How many single free seats a run would leave beside it. */
function loneSeats(free: readonly boolean[], start: number, end: number): number {
  const isLone = (beside: number, beyond: number): boolean => free[beside] === true && free[beyond] !== true;
  return Number(isLone(start - 1, start - 2)) + Number(isLone(end + 1, end + 2));
}

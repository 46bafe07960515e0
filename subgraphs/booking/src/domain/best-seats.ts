import type { LayoutRow, LayoutSeat, SeatLayout } from './seat-layout.ts';

/** Seats of one row, and how good they are: less is better. */
interface Candidate {
  readonly seatIds: readonly string[];
  readonly cost: number;
}

/** Which seats may be chosen. */
export interface Choice {
  readonly quantity: number;
  /** Only sections with this price tier's name; any when not given. */
  readonly tierName?: string | undefined;
  isFree(seatId: string): boolean;
}

/** The row that people like best stands two thirds of the way back. */
const BEST_ROW = 2 / 3;

/**
 * The best free seats, best choice first.
 *
 * Seats next to each other in one row, central and two thirds back, come first. Where no row has enough of them in a
 * piece, the one choice is the best single seats. Places for wheelchairs are only for those who choose them.
 *
 * @returns no choice when fewer seats are free than asked for
 */
export function bestSeats(layout: SeatLayout, choice: Choice): readonly (readonly string[])[] {
  const sections = layout.sections.filter(({ tierName }) => !choice.tierName || tierName === choice.tierName);
  const rows = sections.flatMap((section, sectionIndex) =>
    section.rows.map((row, index) => ({ row, cost: sectionIndex * 100 + rowCost(index, section.rows.length) })),
  );
  const together = rows.flatMap(({ row, cost }) => runsOf(row, cost, choice));
  if (together.length > 0) return inOrder(together).map(({ seatIds }) => seatIds);
  const single = inOrder(rows.flatMap(({ row, cost }) => runsOf(row, cost, { ...choice, quantity: 1 })));
  const scattered = single.slice(0, choice.quantity).flatMap(({ seatIds }) => seatIds);
  return scattered.length === choice.quantity ? [scattered] : [];
}

/** How many seats could be chosen one by one. */
export function freeSeats(layout: SeatLayout, choice: Omit<Choice, 'quantity'>): number {
  return layout.sections
    .filter(({ tierName }) => !choice.tierName || tierName === choice.tierName)
    .flatMap(({ rows }) => rows.flatMap(({ seats }) => seats))
    .filter((seat) => isOpen(seat, choice)).length;
}

const isOpen = (seat: LayoutSeat, { isFree }: Pick<Choice, 'isFree'>): boolean => !seat.accessible && isFree(seat.id);

const rowCost = (index: number, count: number): number => Math.abs(index - (count - 1) * BEST_ROW);

function inOrder(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => a.cost - b.cost);
}

/** Every run of free neighbours of the wanted length. */
function runsOf(row: LayoutRow, cost: number, choice: Choice): Candidate[] {
  const middle = (row.seats.length - 1) / 2;
  const runs: Candidate[] = [];
  for (let start = 0; start + choice.quantity <= row.seats.length; start += 1) {
    const run = row.seats.slice(start, start + choice.quantity);
    if (!run.every((seat) => isOpen(seat, choice))) continue;
    const offCentre = Math.abs(start + (choice.quantity - 1) / 2 - middle);
    runs.push({ seatIds: run.map(({ id }) => id), cost: cost + offCentre / 2 });
  }
  return runs;
}

export interface Spot {
  readonly row: number;
  readonly seat: number;
}

const STEPS: Readonly<Record<string, Spot>> = {
  ArrowLeft: { row: 0, seat: -1 },
  ArrowRight: { row: 0, seat: 1 },
  ArrowUp: { row: -1, seat: 0 },
  ArrowDown: { row: 1, seat: 0 },
};

/** Where a key leads among rows of these lengths; undefined for another key or at the edge. */
export function moveIn(lengths: readonly number[], { row, seat }: Spot, key: string): Spot | undefined {
  const step = STEPS[key];
  const length = step && lengths[row + step.row];
  if (!step || !length) return undefined;
  const next = Math.min(seat + step.seat, length - 1);
  return next < 0 || (next === seat && step.row === 0) ? undefined : { row: row + step.row, seat: next };
}

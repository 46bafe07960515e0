import type { SeatLook } from './seat-store.ts';

/** A seat seen from above, facing the stage; the middle is the origin. */
const SEAT = 'M-11-7a4 4 0 0 1 4-4h14a4 4 0 0 1 4 4v11a7 7 0 0 1-7 7h-8a7 7 0 0 1-7-7z';
const INNER = 'M-8-6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v10a4 4 0 0 1-4 4h-8a4 4 0 0 1-4-4z';

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

/** Cut out of the seat: the price can be told without its colour. */
const MARKS = [
  '',
  circle(0, 0, 3.6),
  'M-6-1.6h12v3.2h-12z',
  'M0-6.4l6.4 6.4-6.4 6.4-6.4-6.4z',
  'M-6-6h4.4v12h-4.4zM1.6-6h4.4v12h-4.4z',
  `${circle(0, 0, 6.4)}${circle(0, 0, 3)}`,
];
const CHECK = 'M-6.6 0.2l2.2-2.2 2.9 2.9 5.9-6 2.2 2.2-8.1 8.2z';
const WHEELCHAIR = `${circle(-1.6, -7, 1.9)}M-3-4.4h2.8v3h4.4v2h-4.4v1.4h4.6l2.2 5-1.9.8-1.8-3.8h-5.9z`;
const CROSS = 'M-5.6-4l1.6-1.6 4 4 4-4 1.6 1.6-4 4 4 4-1.6 1.6-4-4-4 4-1.6-1.6 4-4z';

/** The number of marks; further tiers begin anew. */
export const TIER_MARKS = MARKS.length;

/** One outline for a seat: its shape says what it is, besides its colour. */
export function shapeOf(look: SeatLook, tier: number, accessible: boolean): string {
  if (look === 'sold') return CROSS;
  if (look === 'blocked') return circle(0, 0, 2.4);
  if (look === 'held') return SEAT + INNER;
  if (look === 'chosen' || look === 'mine') return SEAT + CHECK;
  return SEAT + (accessible ? WHEELCHAIR : (MARKS[tier % TIER_MARKS] ?? ''));
}

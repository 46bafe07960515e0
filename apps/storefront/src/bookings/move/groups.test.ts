import { expect, it } from 'vitest';

import { type FreeSeat, seatGroups } from './groups.ts';

/** A row from its plan: `.` is a free seat, `x` a sold one, `w` a wheelchair place, `p` a dearer one. */
const row = (label: string, plan: string) => ({
  label,
  seats: [...plan].map((mark, index): FreeSeat => ({
    id: `${label}${index + 1}${mark === 'x' ? '-sold' : ''}`,
    number: index + 1,
    accessible: mark === 'w',
    tier: { id: mark === 'p' ? 'premium' : 'standard' },
  })),
});

const keysOf = (count: number, ...rows: ReturnType<typeof row>[]): readonly string[] =>
  seatGroups([{ name: 'Stalls', rows }], count, (id) => !id.endsWith('-sold')).map(({ key }) => key);

it('takes the middle of a row, and rows toward the back first', () => {
  expect(keysOf(2, row('A', '......'), row('B', '......'), row('C', '......'))).toEqual(['B3,B4', 'C3,C4', 'A3,A4']);
});

it('leaves out sold seats, wheelchair places and runs of two prices', () => {
  expect(keysOf(2, row('A', '..x.w.'))).toEqual(['A1,A2']);
  expect(keysOf(2, row('A', 'x.px'))).toEqual([]);
});

it('offers nothing where there is no room', () => {
  expect(keysOf(3, row('A', '..x..'))).toEqual([]);
});

import { expect, test } from 'vitest';

import { layOutSeats, type SectionPlan } from './seat-layout.ts';

const LAYOUT = { id: 'lay_1', screenId: 'scr_1', version: 1 };

function section(name: string, rows: number, seatCount: number): SectionPlan {
  return {
    name,
    tierName: 'Standard',
    rows: Array.from({ length: rows }, (_, row) => ({ label: `R${row}`, seatCount })),
  };
}

test('a screen can have as many seats as the limit allows', () => {
  const { seatCount } = layOutSeats('sections', LAYOUT, [section('Stalls', 20, 500)]);
  expect(seatCount).toBe(10_000);
});

test('a section where people stand has a capacity and no seats, and counts', () => {
  const floor: SectionPlan = { name: 'Floor', tierName: 'Floor', rows: [], standingCapacity: 20_000 };
  const { sections, seatCount } = layOutSeats('sections', LAYOUT, [floor, section('Stalls', 1, 5)]);
  expect(seatCount).toBe(20_005);
  expect(sections[0]).toEqual({ ...floor, standingCapacity: 20_000 });
});

test('a screen beyond the seat limit is refused without reading further sections', () => {
  const unread: SectionPlan = {
    name: 'Circle',
    tierName: 'Standard',
    get rows(): never {
      throw new Error('This section was read.');
    },
  };
  const plans = [section('Stalls', 20, 500), section('Box', 1, 1), unread];
  expect(() => layOutSeats('sections', LAYOUT, plans)).toThrow('A screen can have at most 10000 seats.');
});

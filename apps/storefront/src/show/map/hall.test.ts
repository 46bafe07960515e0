import { describe, expect, it } from 'vitest';

import { layOutHall, neighbourOf, replacementsFor, seatAt, type SeatMapData } from './hall.ts';

type Sections = SeatMapData['sections'];

const row = (section: string, label: string, count: number) => ({
  label,
  seats: Array.from({ length: count }, (_, at) => ({
    id: `${section}${label}${at + 1}`,
    number: at + 1,
    status: 'AVAILABLE' as const,
    accessible: false,
    tier: { id: section },
  })),
});
const section = (name: string, ...rows: ReturnType<typeof row>[]): Sections[number] => ({
  ...{ name, tier: { id: name }, standingCapacity: null, standingAvailable: null, rows },
});

const hall = layOutHall([
  section('S', row('S', 'A', 4), row('S', 'B', 6)),
  { name: 'Floor', tier: { id: 'Floor' }, standingCapacity: 90, standingAvailable: 90, rows: [] },
  section('West stand', row('W', 'C', 3)),
  section('East stand', row('E', 'C', 3)),
]);
const byId = (id: string) => {
  const found = hall.seats.find((seat) => seat.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('the plan of a hall', () => {
  it('has sections behind each other, each seat at a place of its own', () => {
    expect(hall.sections.map(({ name }) => name)).toEqual(['S', 'Floor', 'West stand', 'East stand']);
    expect(new Set(hall.seats.map(({ x, y }) => `${x} ${y}`)).size).toBe(16);
    for (const { x, y } of hall.seats) expect(x > 0 && x < hall.width && y > 0 && y < hall.height).toBe(true);
  });

  it('has stands to the left and the right beside each other', () => {
    expect(byId('WC3').x).toBeLessThan(byId('EC1').x);
    expect(Math.abs(byId('WC2').y - byId('EC2').y)).toBeLessThan(1);
  });

  it('is walked seat by seat, over rows and sections', () => {
    expect(neighbourOf(hall, byId('SA1'), 'right')?.id).toBe('SA2');
    expect(neighbourOf(hall, byId('SA1'), 'left')).toBeUndefined();
    expect(neighbourOf(hall, byId('SA1'), 'down')?.id).toBe('SB2');
    expect(neighbourOf(hall, byId('SB3'), 'down')?.row).toBe('C');
    expect(neighbourOf(hall, byId('WC3'), 'right')?.id).toBe('EC1');
  });

  it('finds the seat under a finger', () => {
    const { x, y } = byId('SB4');
    expect(seatAt(hall, x + 6, y - 6, 15)?.id).toBe('SB4');
    expect(seatAt(hall, x, y - 400, 15)).toBeUndefined();
  });

  it('offers the nearest free seats of the price in place of lost ones', () => {
    const lost = [byId('SB3'), byId('SB4')];
    const offered = replacementsFor(hall, lost, (id) => id !== 'SB3' && id !== 'SB4');
    expect(offered.map(({ id }) => id)).toEqual(['SB2', 'SB5']);
    const first = [byId('SA1'), byId('SA2')];
    const together = replacementsFor(hall, first, (id) => id !== 'SA1' && id !== 'SA2');
    expect(new Set(together.map((seat) => seat.row)).size).toBe(1);
  });
});

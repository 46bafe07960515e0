import type { RowPlan, SectionPlan } from '../domain/seat-layout.ts';

/** An auditorium's seats, and the price of each tier as a multiple of a standard cinema seat. */
export interface Hall {
  readonly sections: readonly SectionPlan[];
  readonly tierFactors: Readonly<Record<string, number>>;
}

const CINEMA_TIERS = { Standard: 1, Premium: 1.35 };
const HOUSE_TIERS = { Stalls: 4.5, Circle: 3.5, Gallery: 2 };
const ARENA_TIERS = { Floor: 6, Lower: 4, Upper: 2.5 };

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Rows lettered from index `first`; `accessible` are the wheelchair spaces of the first row. */
function rows(first: number, lengths: readonly number[], accessible: readonly number[] = []): RowPlan[] {
  return lengths.map((seatCount, index) => ({
    label: LETTERS.charAt(first + index),
    seatCount,
    ...(index === 0 && { accessibleSeats: accessible }),
  }));
}

const repeat = (length: number, times: number): number[] => Array.from({ length: times }, () => length);

/** 248 seats, IMAX. */
export const GIANT_HALL: Hall = {
  sections: [
    { name: 'Front', tierName: 'Standard', rows: rows(0, repeat(20, 4), [1, 2, 19, 20]) },
    { name: 'Middle', tierName: 'Premium', rows: rows(4, repeat(21, 5)) },
    { name: 'Rear', tierName: 'Standard', rows: rows(9, repeat(21, 3)) },
  ],
  tierFactors: CINEMA_TIERS,
};

/** 186 seats. */
export const LARGE_HALL: Hall = {
  sections: [
    { name: 'Front', tierName: 'Standard', rows: rows(0, [14, 14, 16, 16], [1, 2, 13, 14]) },
    { name: 'Rear', tierName: 'Premium', rows: rows(4, repeat(18, 7)) },
  ],
  tierFactors: CINEMA_TIERS,
};

/** 116 seats. */
export const MIDDLE_HALL: Hall = {
  sections: [
    { name: 'Front', tierName: 'Standard', rows: rows(0, [10, 12, 12, 12, 14], [1, 10]) },
    { name: 'Rear', tierName: 'Premium', rows: rows(5, repeat(14, 4)) },
  ],
  tierFactors: CINEMA_TIERS,
};

/** 64 seats. */
export const SMALL_HALL: Hall = {
  sections: [{ name: 'Hall', tierName: 'Standard', rows: rows(0, [8, 10, 10, 12, 12, 12], [1, 2]) }],
  tierFactors: { Standard: 1.1 },
};

/** 240 seats around a stage. */
export const PLAYHOUSE: Hall = {
  sections: [
    { name: 'Stalls', tierName: 'Stalls', rows: rows(0, [12, 14, 14, 16, 16, 16, 16, 16], [1, 12]) },
    { name: 'Dress circle', tierName: 'Circle', rows: rows(8, repeat(15, 4)) },
    { name: 'Gallery', tierName: 'Gallery', rows: rows(12, repeat(15, 4)) },
  ],
  tierFactors: HOUSE_TIERS,
};

const STANDS: readonly SectionPlan[] = [
  { name: 'West stand', tierName: 'Lower', rows: rows(4, repeat(16, 3), [1, 2, 15, 16]) },
  { name: 'East stand', tierName: 'Lower', rows: rows(7, repeat(16, 3), [1, 2, 15, 16]) },
  { name: 'Upper tier', tierName: 'Upper', rows: rows(10, repeat(18, 5)) },
];
const floor = (standingCapacity: number): SectionPlan => ({
  ...{ name: 'Floor', tierName: 'Floor' },
  ...{ rows: [], standingCapacity },
});

/** 186 seats on three sides of 400 standing places. */
export const CONCERT_HALL: Hall = { sections: [floor(400), ...STANDS], tierFactors: ARENA_TIERS };

/** 186 seats on three sides of 20,000 standing places. */
export const STADIUM: Hall = { sections: [floor(20_000), ...STANDS], tierFactors: ARENA_TIERS };

/** 246 seats on three sides of a floor. */
export const ARENA: Hall = {
  sections: [
    { name: 'Floor', tierName: 'Floor', rows: rows(0, repeat(15, 4), [1, 2, 3, 13, 14, 15]) },
    { name: 'West stand', tierName: 'Lower', rows: rows(4, repeat(16, 3)) },
    { name: 'East stand', tierName: 'Lower', rows: rows(7, repeat(16, 3)) },
    { name: 'Upper tier', tierName: 'Upper', rows: rows(10, repeat(18, 5)) },
  ],
  tierFactors: ARENA_TIERS,
};

import type { ShowSeatsQuery } from '../../generated/graphql.ts';

export type SeatMapData = NonNullable<NonNullable<ShowSeatsQuery['show']>['seatMap']>;
type SectionData = SeatMapData['sections'][number];
type SeatData = SectionData['rows'][number]['seats'][number];

/** A seat with its place on the plan. */
export interface PlacedSeat {
  readonly id: string;
  readonly section: string;
  readonly row: string;
  readonly number: number;
  readonly accessible: boolean;
  readonly tierId: string;
  readonly x: number;
  readonly y: number;
}

export interface PlacedRow {
  readonly label: string;
  readonly seats: readonly PlacedSeat[];
}

export interface PlacedSection {
  readonly name: string;
  /** The middle of its heading. */
  readonly x: number;
  readonly y: number;
  readonly rows: readonly PlacedRow[];
  /** Where people stand; undefined for a section with seats. */
  readonly floor?: { readonly capacity: number; readonly width: number; readonly height: number };
}

/** A plan of the auditorium with the stage at the top, in its own units. */
export interface Hall {
  readonly width: number;
  readonly height: number;
  readonly sections: readonly PlacedSection[];
  /** Every seat, in the order in which they are read out. */
  readonly seats: readonly PlacedSeat[];
}

/** Between the middles of two seats. */
export const PITCH = 30;
const ROW_PITCH = 33;
const AISLE = 64;
const HEADING = 34;
const GAP = 20;
const SLOPE = 24;
const MARGIN = 48;
const STAGE = 78;
const FLOOR_HEIGHT = 132;
/** Of the arcs on which the rows stand. */
const RADIUS = 1_500;
/** By their names, the two sections face each other across the hall. */
const SIDES = [/\b(west|left|links|gauche)\b/i, /\b(east|right|rechts|droite)\b/i] as const;

/** Lays out the sections one behind the other, and stands to the left and the right beside each other. */
export function layOutHall(sections: readonly SectionData[]): Hall {
  const bands = bandsOf(sections);
  const inner = Math.max(
    8 * PITCH,
    ...bands.map((band) => band.reduce((sum, s) => sum + widthOf(s), AISLE * (band.length - 1))),
  );
  const width = inner + 2 * MARGIN;
  let y = STAGE + bend(inner / 2);
  const placed = bands.flatMap((band) => {
    // Beside each other they are bent by as much as the whole hall is wide.
    const top = band.length > 1 ? y + SLOPE : y;
    const full = band.reduce((sum, s) => sum + widthOf(s), AISLE * (band.length - 1));
    let left = (width - full) / 2;
    const parts = band.map((section) => {
      const isFloor = section.standingCapacity !== null;
      const own = isFloor ? inner : widthOf(section);
      const middle = isFloor ? width / 2 : left + own / 2;
      left += own + AISLE;
      return place(section, middle, top, width / 2, inner * 0.86);
    });
    y = Math.max(...parts.map(({ bottom }) => bottom)) + GAP;
    return parts.map(({ section }) => section);
  });
  const seats = placed.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  return { width, height: y - GAP + MARGIN, sections: placed, seats };
}

function bandsOf(sections: readonly SectionData[]): SectionData[][] {
  const bands: SectionData[][] = [];
  for (const section of sections) {
    const before = bands.at(-1);
    const isPair = before?.length === 1 && SIDES[0].test(before[0]?.name ?? '') && SIDES[1].test(section.name);
    if (before && isPair) before.push(section);
    else bands.push([section]);
  }
  return bands;
}

const widthOf = ({ rows }: SectionData): number => Math.max(0, ...rows.map(({ seats }) => seats.length)) * PITCH;

/** How far a seat that is off the middle is drawn nearer to the stage. */
const bend = (offset: number): number => (offset * offset) / (2 * RADIUS);

function place(section: SectionData, middle: number, top: number, axis: number, floorWidth: number) {
  const { name, standingCapacity } = section;
  const y = top + HEADING;
  if (standingCapacity !== null) {
    const floor = { capacity: standingCapacity, width: floorWidth, height: FLOOR_HEIGHT };
    return { section: { name, x: middle, y: top, rows: [], floor }, bottom: top + FLOOR_HEIGHT };
  }
  const rows = section.rows.map(({ label, seats }, index) => ({
    label,
    seats: seats.map((seat, at) => {
      const x = middle + (at - (seats.length - 1) / 2) * PITCH;
      return placeSeat(seat, name, label, x, y + index * ROW_PITCH - bend(x - axis) + bend(middle - axis));
    }),
  }));
  return { section: { name, x: middle, y: top, rows }, bottom: y + rows.length * ROW_PITCH };
}

function placeSeat(seat: SeatData, section: string, row: string, x: number, y: number): PlacedSeat {
  const { id, number, accessible, tier } = seat;
  return { id, section, row, number, accessible, tierId: tier.id, x, y };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The seat next to one in a direction; undefined at the edge. */
export function neighbourOf(hall: Hall, from: PlacedSeat, direction: Direction): PlacedSeat | undefined {
  const [dx, dy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction] as [number, number];
  let best: PlacedSeat | undefined;
  let bestCost = Infinity;
  for (const seat of hall.seats) {
    const along = (seat.x - from.x) * dx + (seat.y - from.y) * dy;
    const across = Math.abs((seat.x - from.x) * dy) + Math.abs((seat.y - from.y) * dx);
    // The bend moves neighbours in a row a little up or down.
    if (along < PITCH / 2 || (dx !== 0 && across > ROW_PITCH * 0.7)) continue;
    const cost = along + 2 * across;
    if (cost < bestCost) [best, bestCost] = [seat, cost];
  }
  return best;
}

/** The seat nearest to a point, within a distance. */
export function seatAt(hall: Hall, x: number, y: number, within: number): PlacedSeat | undefined {
  let best: PlacedSeat | undefined;
  let bestDistance = within;
  for (const seat of hall.seats) {
    const distance = Math.hypot(seat.x - x, seat.y - y);
    if (distance <= bestDistance) [best, bestDistance] = [seat, distance];
  }
  return best;
}

/** Free seats in place of lost ones: near them and near each other, those of the same price first. */
export function replacementsFor(
  hall: Hall,
  lost: readonly PlacedSeat[],
  isFree: (id: string) => boolean,
): PlacedSeat[] {
  const taken = new Set<string>();
  let party: PlacedSeat | undefined;
  for (const { x, y, tierId } of lost) {
    const costOf = (seat: PlacedSeat): number => {
      const apart = party
        ? 0.8 * Math.hypot(seat.x - party.x, seat.y - party.y) + (seat.row === party.row ? 0 : 40)
        : 0;
      return Math.hypot(seat.x - x, seat.y - y) + apart + (seat.tierId === tierId ? 0 : 300);
    };
    const free = hall.seats.filter((seat) => !seat.accessible && !taken.has(seat.id) && isFree(seat.id));
    const [first, ...others] = free;
    if (!first) break;
    const best = others.reduce((found, seat) => (costOf(seat) < costOf(found) ? seat : found), first);
    party ??= best;
    taken.add(best.id);
  }
  return hall.seats.filter(({ id }) => taken.has(id));
}

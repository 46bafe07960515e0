import { badInput } from '@marquee/errors';

import { findDuplicate, plainText } from './text.ts';

/** A seat of a layout; its id is unique across layouts. */
export interface LayoutSeat {
  readonly id: string;
  readonly number: number;
  readonly accessible: boolean;
}

export interface LayoutRow {
  readonly label: string;
  readonly seats: readonly LayoutSeat[];
}

export interface LayoutSection {
  readonly name: string;
  readonly tierName: string;
  /** None where people stand. */
  readonly rows: readonly LayoutRow[];
  /** Places of a section where people stand; null for one with seats. */
  readonly standingCapacity: number | null;
}

/** One version of a screen's seats. */
export interface SeatLayout {
  readonly id: string;
  readonly screenId: string;
  readonly version: number;
  readonly sections: readonly LayoutSection[];
  readonly tierNames: readonly string[];
  /** Seats and standing places. */
  readonly seatCount: number;
}

/** A section as a partner describes it. */
export interface SectionPlan {
  readonly name: string;
  readonly tierName: string;
  readonly rows: readonly RowPlan[];
  readonly standingCapacity?: number | null | undefined;
}

export interface RowPlan {
  readonly label: string;
  readonly seatCount: number;
  readonly accessibleSeats?: readonly number[] | null | undefined;
}

const MAX_SECTIONS = 50;
const MAX_ROWS = 200;
const MAX_ROW_SEATS = 500;
/** Limit for a screen with numbered seats. */
export const MAX_SEATS = 10_000;
/** Limit for the standing places of a screen. */
export const MAX_STANDING = 60_000;

/**
 * Creates the seats and standing places of a screen.
 *
 * @param field path of the argument that holds the sections
 * @throws {CodedError} BAD_USER_INPUT naming the field that is empty, too long, out of range or duplicated
 */
export function layOutSeats(
  field: string,
  { id, screenId, version }: Pick<SeatLayout, 'id' | 'screenId' | 'version'>,
  plans: readonly SectionPlan[],
): SeatLayout {
  assertCount(field, plans.length, MAX_SECTIONS, 'sections');
  let seatCount = 0;
  // The limit is checked for each seat: a request can describe millions, which would exhaust the memory.
  const newSeatId = (): string => {
    if (seatCount === MAX_SEATS) throw badInput(field, `A screen can have at most ${MAX_SEATS} seats.`);
    return `${id}_${(seatCount += 1)}`;
  };
  const sections = plans.map((plan, index) => layOutSection(`${field}.${index}`, plan, newSeatId));
  const standing = standingIn(sections);
  if (standing > MAX_STANDING) throw badInput(field, `A screen can have at most ${MAX_STANDING} standing places.`);
  const names = sections.map(({ name }) => name);
  assertUnique(field, 'name', names);
  return { id, screenId, version, sections, tierNames: tierNamesOf(sections), seatCount: seatCount + standing };
}

function layOutSection(field: string, plan: SectionPlan, newSeatId: () => string): LayoutSection {
  const name = plainText(`${field}.name`, plan.name, 80);
  const tierName = plainText(`${field}.tierName`, plan.tierName, 80);
  const standingCapacity = plan.standingCapacity ?? null;
  if (standingCapacity !== null) {
    assertStanding(field, standingCapacity, plan.rows);
    return { name, tierName, rows: [], standingCapacity };
  }
  assertCount(`${field}.rows`, plan.rows.length, MAX_ROWS, 'rows');
  const rows = plan.rows.map((row, index) => layOutRow(`${field}.rows.${index}`, row, newSeatId));
  const labels = rows.map(({ label }) => label);
  assertUnique(`${field}.rows`, 'label', labels);
  return { name, tierName, rows, standingCapacity };
}

function assertStanding(field: string, capacity: number, rows: readonly RowPlan[]): void {
  if (rows.length > 0) throw badInput(`${field}.rows`, 'Leave out the rows of a section where people stand.');
  if (capacity < 1 || capacity > MAX_STANDING)
    throw badInput(`${field}.standingCapacity`, `Enter 1 to ${MAX_STANDING} standing places.`);
}

/** The number of standing places. */
export function standingIn(sections: readonly Pick<LayoutSection, 'standingCapacity'>[]): number {
  return sections.reduce((sum, { standingCapacity }) => sum + (standingCapacity ?? 0), 0);
}

function layOutRow(field: string, plan: RowPlan, newSeatId: () => string): LayoutRow {
  const label = plainText(`${field}.label`, plan.label, 10);
  const { seatCount } = plan;
  if (seatCount < 1 || seatCount > MAX_ROW_SEATS) {
    throw badInput(`${field}.seatCount`, `Enter 1 to ${MAX_ROW_SEATS} seats.`);
  }
  const accessible = new Set(plan.accessibleSeats);
  if (accessible.size !== (plan.accessibleSeats?.length ?? 0)) {
    throw badInput(`${field}.accessibleSeats`, 'Enter each seat number once.');
  }
  for (const number of accessible) {
    if (number < 1 || number > seatCount)
      throw badInput(`${field}.accessibleSeats`, `Enter seat numbers from 1 to ${seatCount}.`);
  }
  const seats = Array.from({ length: seatCount }, (_, index) => ({
    id: newSeatId(),
    number: index + 1,
    accessible: accessible.has(index + 1),
  }));
  return { label, seats };
}

function tierNamesOf(sections: readonly LayoutSection[]): string[] {
  return [...new Set(sections.map(({ tierName }) => tierName))];
}

function assertCount(field: string, count: number, max: number, things: string): void {
  if (count < 1 || count > max) throw badInput(field, `Add 1 to ${max} ${things}.`);
}

function assertUnique(field: string, key: string, names: readonly string[]): void {
  const index = findDuplicate(names);
  if (index >= 0) throw badInput(`${field}.${index}.${key}`, `Enter each ${key} once: ${names[index]} is repeated.`);
}

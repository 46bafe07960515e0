import { badInput } from '@marquee/errors';

import { findRepeated, plainText } from './text.ts';

/** A place to sit; its id is unique over all layouts. */
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
  readonly rows: readonly LayoutRow[];
}

/** One version of the seats of a screen. */
export interface SeatLayout {
  readonly id: string;
  readonly screenId: string;
  readonly version: number;
  readonly sections: readonly LayoutSection[];
  readonly tierNames: readonly string[];
  readonly seatCount: number;
}

/** The shape of a hall as its partner describes it. */
export interface SectionPlan {
  readonly name: string;
  readonly tierName: string;
  readonly rows: readonly RowPlan[];
}

export interface RowPlan {
  readonly label: string;
  readonly seatCount: number;
  readonly accessibleSeats?: readonly number[] | null | undefined;
}

const MAX_SECTIONS = 50;
const MAX_ROWS = 200;
const MAX_ROW_SEATS = 500;
/** The greatest hall; what is sold seat by seat is not greater. */
export const MAX_SEATS = 10_000;

/**
 * Lays the seats of a screen out.
 *
 * @param field the path of the argument that holds the sections
 * @throws {CodedError} BAD_USER_INPUT naming what is empty, too long, out of range or there twice
 */
export function layOutSeats(
  field: string,
  { id, screenId, version }: Pick<SeatLayout, 'id' | 'screenId' | 'version'>,
  plans: readonly SectionPlan[],
): SeatLayout {
  assertCount(field, plans.length, MAX_SECTIONS, 'sections');
  let seatCount = 0;
  // Counted as they are laid out: what a request may name is hundreds of times more, and would take the memory of all.
  const newSeatId = (): string => {
    if (seatCount === MAX_SEATS) throw badInput(field, `A screen has ${MAX_SEATS} seats at most.`);
    return `${id}_${(seatCount += 1)}`;
  };
  const sections = plans.map((plan, index) => layOutSection(`${field}.${index}`, plan, newSeatId));
  assertNoneTwice(
    field,
    'name',
    sections.map(({ name }) => name),
  );
  return { id, screenId, version, sections, tierNames: tierNamesOf(sections), seatCount };
}

function layOutSection(field: string, plan: SectionPlan, newSeatId: () => string): LayoutSection {
  const name = plainText(`${field}.name`, plan.name, 80);
  const tierName = plainText(`${field}.tierName`, plan.tierName, 80);
  assertCount(`${field}.rows`, plan.rows.length, MAX_ROWS, 'rows');
  const rows = plan.rows.map((row, index) => layOutRow(`${field}.rows.${index}`, row, newSeatId));
  assertNoneTwice(
    `${field}.rows`,
    'label',
    rows.map(({ label }) => label),
  );
  return { name, tierName, rows };
}

function layOutRow(field: string, plan: RowPlan, newSeatId: () => string): LayoutRow {
  const label = plainText(`${field}.label`, plan.label, 10);
  const { seatCount } = plan;
  if (seatCount < 1 || seatCount > MAX_ROW_SEATS) {
    throw badInput(`${field}.seatCount`, `A row has 1 to ${MAX_ROW_SEATS} seats.`);
  }
  const accessible = new Set(plan.accessibleSeats);
  if (accessible.size !== (plan.accessibleSeats?.length ?? 0)) {
    throw badInput(`${field}.accessibleSeats`, 'A seat is named twice.');
  }
  for (const number of accessible) {
    if (number < 1 || number > seatCount) throw badInput(`${field}.accessibleSeats`, `There is no seat ${number}.`);
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
  if (count < 1 || count > max) throw badInput(field, `Give 1 to ${max} ${things}.`);
}

function assertNoneTwice(field: string, key: string, names: readonly string[]): void {
  const index = findRepeated(names);
  if (index >= 0) throw badInput(`${field}.${index}.${key}`, `${names[index]} is there twice.`);
}

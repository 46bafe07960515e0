import type { ScreenInput, SectionInput } from '../generated/graphql.ts';

/** The limits of `CreateVenueInput`. */
export const LIMITS = {
  screens: 50,
  sections: 50,
  rows: 200,
  rowSeats: 500,
  seats: 10_000,
  standing: 60_000,
  name: 80,
  label: 10,
} as const;

export interface RowDraft {
  readonly label: string;
  readonly seatCount: number;
  /** Numbers of the wheelchair spaces, in order. */
  readonly accessible: readonly number[];
}

export interface SectionDraft {
  readonly id: string;
  readonly name: string;
  readonly tierName: string;
  readonly isStanding: boolean;
  readonly standingCapacity: number;
  readonly rows: readonly RowDraft[];
}

export interface ScreenDraft {
  readonly id: string;
  readonly name: string;
  readonly sections: readonly SectionDraft[];
}

/** The label of a row by its place: A to Z, then AA, AB and so on. */
export function rowLabel(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : rowLabel(Math.floor(index / 26) - 1) + last;
}

/** The next label that the section does not have yet. */
function freeLabel(rows: readonly RowDraft[]): string {
  const taken = new Set(rows.map(({ label }) => label));
  let index = rows.length;
  while (taken.has(rowLabel(index))) index += 1;
  return rowLabel(index);
}

export function addRow(rows: readonly RowDraft[], seatCount: number): readonly RowDraft[] {
  return rows.length >= LIMITS.rows ? rows : [...rows, { label: freeLabel(rows), seatCount, accessible: [] }];
}

/** Gives rows from one to another this many seats; rows that are not there yet are added behind. */
export function drawRows(rows: readonly RowDraft[], from: number, to: number, seatCount: number): readonly RowDraft[] {
  const [first, last] = from < to ? [from, to] : [to, from];
  let drawn = rows;
  while (drawn.length <= last && drawn.length < LIMITS.rows) drawn = addRow(drawn, seatCount);
  return drawn.map((row, index) => (index < first || index > last ? row : resize(row, seatCount)));
}

export function resize(row: RowDraft, seatCount: number): RowDraft {
  const count = Math.min(Math.max(1, seatCount), LIMITS.rowSeats);
  return { ...row, seatCount: count, accessible: row.accessible.filter((number) => number <= count) };
}

export function toggleAccessible(row: RowDraft, number: number): RowDraft {
  if (number < 1 || number > row.seatCount) return row;
  const others = row.accessible.filter((each) => each !== number);
  const isNew = others.length === row.accessible.length;
  return { ...row, accessible: isNew ? [...others, number].toSorted((a, b) => a - b) : others };
}

/** Divides a section by an aisle behind a seat: what is to its right is a section of its own. */
export function splitSection(
  section: SectionDraft,
  behind: number,
  names: { left: string; right: string },
  id: string,
) {
  const left = section.rows.map((row) => resize(row, Math.min(row.seatCount, behind)));
  const right = section.rows
    .filter(({ seatCount }) => seatCount > behind)
    .map((row) => ({
      ...row,
      seatCount: row.seatCount - behind,
      accessible: row.accessible.filter((number) => number > behind).map((number) => number - behind),
    }));
  return [
    { ...section, name: names.left, rows: left },
    { ...section, id, name: names.right, rows: right },
  ] as const;
}

export interface SeatCount {
  readonly seats: number;
  readonly standing: number;
  readonly accessible: number;
}

export function countOf(sections: readonly SectionDraft[]): SeatCount {
  const seated = sections.filter(({ isStanding }) => !isStanding).flatMap(({ rows }) => rows);
  return {
    seats: sum(seated.map(({ seatCount }) => seatCount)),
    accessible: sum(seated.map(({ accessible }) => accessible.length)),
    standing: sum(sections.filter(({ isStanding }) => isStanding).map(({ standingCapacity }) => standingCapacity)),
  };
}

/** Names of the price tiers, in the order of the sections. */
export function tiersOf(sections: readonly SectionDraft[]): readonly string[] {
  return [...new Set(sections.map(({ tierName }) => tierName.trim()).filter(Boolean))];
}

export function screenInput({ name, sections }: ScreenDraft): ScreenInput {
  return { name: name.trim(), sections: sections.map(sectionInput) };
}

function sectionInput({ name, tierName, isStanding, standingCapacity, rows }: SectionDraft): SectionInput {
  const named = { name: name.trim(), tierName: tierName.trim() };
  if (isStanding) return { ...named, rows: [], standingCapacity };
  return {
    ...named,
    rows: rows.map(({ label, seatCount, accessible }) => ({
      label: label.trim(),
      seatCount,
      accessibleSeats: accessible,
    })),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

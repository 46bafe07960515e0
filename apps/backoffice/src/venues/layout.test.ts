import { expect, test } from 'vitest';

import { problemsOf } from './layout-problems.ts';
import {
  addRow,
  countOf,
  drawRows,
  resize,
  type RowDraft,
  rowLabel,
  screenInput,
  type SectionDraft,
  splitSection,
  toggleAccessible,
} from './layout.ts';

const row = (label: string, seatCount: number, accessible: number[] = []): RowDraft => ({
  label,
  seatCount,
  accessible,
});
const section = (changes: Partial<SectionDraft> = {}): SectionDraft => ({
  id: 's1',
  name: 'Stalls',
  tierName: 'Standard',
  isStanding: false,
  standingCapacity: 0,
  rows: [row('A', 4)],
  ...changes,
});

test('rows are labelled as in a spreadsheet, and never twice', () => {
  expect([0, 25, 26, 52].map(rowLabel)).toEqual(['A', 'Z', 'AA', 'BA']);
  expect(addRow([row('A', 1), row('C', 1)], 3).at(-1)).toEqual(row('D', 3));
});

test('drawing down the grid adds the rows that are not there', () => {
  expect(drawRows([row('A', 2), row('B', 2)], 3, 1, 5)).toEqual([row('A', 2), row('B', 5), row('C', 5), row('D', 5)]);
});

test('a shorter row loses the wheelchair spaces that it no longer has', () => {
  expect(resize(row('A', 6, [2, 6]), 4)).toEqual(row('A', 4, [2]));
  expect(resize(row('A', 6), 0).seatCount).toBe(1);
});

test('a seat is made accessible and a seat again', () => {
  expect(toggleAccessible(row('A', 6, [5]), 2).accessible).toEqual([2, 5]);
  expect(toggleAccessible(row('A', 6, [2, 5]), 2).accessible).toEqual([5]);
});

test('an aisle divides a section into two', () => {
  const [left, right] = splitSection(section({ rows: [row('A', 6, [1, 5]), row('B', 3)] }), 4, names, 's2');
  expect(left.rows).toEqual([row('A', 4, [1]), row('B', 3)]);
  expect(right).toMatchObject({ id: 's2', name: 'R', rows: [row('A', 2, [1])] });
});
const names = { left: 'L', right: 'R' };

test('counts seats, wheelchair spaces and standing places', () => {
  const standing = section({ id: 's2', isStanding: true, standingCapacity: 300, rows: [row('A', 9)] });
  expect(countOf([section({ rows: [row('A', 4, [1])] }), standing])).toEqual({
    seats: 4,
    accessible: 1,
    standing: 300,
  });
  expect(screenInput({ id: '1', name: ' One ', sections: [standing] })).toEqual({
    name: 'One',
    sections: [{ name: 'Stalls', tierName: 'Standard', rows: [], standingCapacity: 300 }],
  });
});

test('finds what the server would refuse, and where', () => {
  const twice = section({ id: 's2', rows: [row('A', 1), row('A', 1), row(' ', 1)] });
  expect(problemsOf([{ id: 'x', name: '', sections: [section(), twice] }])).toEqual([
    { problem: 'screenName', screenId: 'x' },
    { problem: 'sectionNameTwice', screenId: 'x', sectionId: 's1' },
    { problem: 'sectionNameTwice', screenId: 'x', sectionId: 's2' },
    { problem: 'rowLabelTwice', row: 1, screenId: 'x', sectionId: 's2' },
    { problem: 'rowLabel', row: 2, screenId: 'x', sectionId: 's2' },
  ]);
  expect(problemsOf([{ id: 'x', name: 'One', sections: [section()] }])).toEqual([]);
});

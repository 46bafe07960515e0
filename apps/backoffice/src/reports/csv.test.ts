import { expect, it } from 'vitest';

import { csvOf } from './csv.ts';

it('quotes what a comma, a quote or a line break would split', () => {
  expect(
    csvOf([
      ['Name', 'Tickets'],
      ['Amélie, "again"', 4],
    ]),
  ).toBe('Name,Tickets\r\n"Amélie, ""again""",4');
});

it('keeps names from being formulas, and numbers negative', () => {
  expect(csvOf([['=HYPERLINK("x")', -4]])).toBe('"\'=HYPERLINK(""x"")",-4');
});

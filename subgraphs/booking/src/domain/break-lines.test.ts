import fc from 'fast-check';
import { expect, test } from 'vitest';

import { breakLines } from './break-lines.ts';

const upTo = (length: number) => (line: string) => line.length <= length;

test('a text is broken between words, and what does not fit is an ellipsis', () => {
  expect(breakLines('Fargo', upTo(10), 2)).toEqual(['Fargo']);
  expect(breakLines('Being John  Malkovich', upTo(10), 2)).toEqual(['Being John', 'Malkovich']);
  expect(breakLines('Being John Malkovich again', upTo(10), 2)).toEqual(['Being John', 'Malkovich…']);
  expect(breakLines('Donaudampfschiff', upTo(10), 2)).toEqual(['Donaudamp…']);
  expect(breakLines('', upTo(10), 2)).toEqual(['']);
});

test('a sign stays with its letter', () => {
  expect(breakLines('किकिकि', upTo(4), 1)).toEqual(['कि…']);
});

test('no line is wider than the room, and there are never more than asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 4 }), (text, most) => {
      const lines = breakLines(text, upTo(12), most);
      return lines.length <= most && lines.every((line) => line.length <= 12);
    }),
  );
});

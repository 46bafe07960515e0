import { expect, test } from 'vitest';

import { parseLine, parseText } from './text.ts';

test('a text keeps its lines, and a line has one', () => {
  expect(parseText(' Dear all,\r\n\tthanks. \n', 30)).toBe('Dear all,\n\tthanks.');
  expect(parseLine(' My\n tickets ', 30)).toBe('My tickets');
});

test.each(['', ' \n ', '\u200b\u202e', 'a\u0000b', 'a\u0007', '\ud800', 'a'.repeat(31)])('%j is no text', (text) => {
  expect(parseText(text, 30)).toBeNull();
});

import { expect, test } from 'vitest';

import { MAX_NAME_LENGTH, parseName } from './sample-note.ts';

test('a name is stored without surrounding space', () => {
  expect(parseName('  First \n')).toBe('First');
});

test.each(['', '  ', 'a\u0000b', 'a'.repeat(MAX_NAME_LENGTH + 1)])('%j is no name', (text) => {
  expect(parseName(text)).toBeNull();
});

import { expect, test } from 'vitest';

import { fold, foldedChunks, foldedName, MAX_WORD_LENGTH } from './folding.ts';

test.each([
  ['İstanbul', 'ISTANBUL', 'istanbul', 'ıstanbul', 'I\u0307stanbul'],
  ['Straße', 'STRASSE', 'strasse', 'STRAẞE'],
  ['Amélie', 'AMÉLIE', 'amelie', 'Ame\u0301lie'],
  ['Ærø', 'aero', 'ÆRØ'],
  ['Łódź', 'lodz', 'ŁÓDŹ'],
  ['Œuvre', 'oeuvre'],
  ['Ｆａｒｇｏ', 'fargo', 'FARGO', 'far\u00adgo', 'far\u200bgo'],
  ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς', 'οδυσσευς', 'οδυσσευσ'],
])('%s is found by each way to write it', (...ways) => {
  expect(new Set(ways.map(fold)).size).toBe(1);
});

test('marks of Devanagari and Cyrillic letters are part of the letter', () => {
  expect(fold('हिन्दी')).toBe('हिन्दी');
  expect(fold('हिन्दी')).not.toBe(fold('हनद'));
  expect(fold('Йога')).toBe('йога');
  expect(fold('Йога'.normalize('NFD'))).toBe('йога');
  expect(foldedName('कभी ख़ुशी कभी ग़म')).toBe(foldedName('कभी ख़ुशी कभी ग़म'.normalize('NFD')));
});

test('quotes, dashes and dots part words within a chunk', () => {
  expect(foldedChunks('Schindler’s List')).toEqual(foldedChunks("Schindler's List"));
  expect(foldedChunks('Spider-Man 2: “WALL·E”')).toEqual([['spider', 'man'], ['2'], ['wall', 'e']]);
});

test('thousands of combining marks, and marks alone, leave no word that is longer than one may be', () => {
  expect(foldedName(`a${'\u0301'.repeat(10_000)}b`)).toBe('ab');
  expect(foldedName('\u0301'.repeat(10_000))).toBe('');
  expect(foldedName(`д${'\u0301'.repeat(10_000)}`).length).toBeLessThanOrEqual(MAX_WORD_LENGTH);
  expect(foldedName('a'.repeat(10_000))).toHaveLength(MAX_WORD_LENGTH);
  expect([...foldedName('𝒳'.repeat(1_000))]).toHaveLength(MAX_WORD_LENGTH);
});

import { expect, test } from 'vitest';

import {
  allButOneWord,
  correctable,
  everyWord,
  MAX_WORDS,
  parseSearchText,
  termsOf,
  transpositions,
} from './search-text.ts';

test('every word has to occur, one of three letters or more and the last one may be unfinished', () => {
  expect(everyWord(parseSearchText('to Kill a mockingb'))).toBe(
    "((('to'))) & ((('kill':*))) & ((('a'))) & ((('mockingb':*)))",
  );
});

test('parts of a chunk may be written as one word', () => {
  expect(termsOf(parseSearchText('Spider-Man'))).toEqual([`((('spider':*)) & (('man':*))) | ('spiderman':*)`]);
});

test('a corrected word is an alternative of the word as it was written', () => {
  const corrections = new Map([['fargp', ['fargo', 'cargo']]]);
  expect(termsOf(parseSearchText('fargp'), corrections)).toEqual([`(('fargp':*) | ('fargo') | ('cargo'))`]);
});

test('one word of several may be left out', () => {
  expect(allButOneWord(parseSearchText('ab cd'))).toBe(`(((('cd':*)))) | (((('ab'))))`);
  expect(allButOneWord(parseSearchText('fargo'))).toBeNull();
});

test('no operator of a tsquery survives, and words beyond the twelfth are left out', () => {
  const hostile = parseSearchText(`a' & !b | (c <-> d):*A "e" \\ 'f'::tsquery; -- %_`);
  expect(hostile.folded).toBe('a b c d a e f tsquery');
  expect(parseSearchText('w '.repeat(100)).chunks).toHaveLength(MAX_WORDS);
  expect(parseSearchText('-'.repeat(50) + 'a-'.repeat(75)).chunks[0]).toHaveLength(MAX_WORDS);
});

test('a text without a letter or digit has no words', () => {
  for (const text of ['', '   ', '!?&|', '\u0301\u0301', '\u200b'])
    expect(parseSearchText(text)).toEqual({ folded: '', chunks: [] });
});

test('numbers and the shortest words are not corrected', () => {
  expect(correctable(parseSearchText('of 2001 Mad-Max'))).toEqual(['mad', 'max', 'madmax']);
});

test('exchanged neighbours are tried at each place', () => {
  expect(transpositions('frago')).toContain('fargo');
  expect(transpositions('aab')).toEqual(['aba']);
});

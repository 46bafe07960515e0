import { expect, test } from 'vitest';

import { parseSearchText } from './search-text.ts';
import { suggestionsFrom, type Suggesting } from './suggestion.ts';

const DOCUMENTS: readonly Suggesting[] = [
  { kind: 'MOVIE', name: 'The Green Mile', people: ['Tom Hanks', 'David Morse'], genres: ['Drama'] },
  { kind: 'MOVIE', name: 'Toy Story', people: ['Tom Hanks', 'Tim Allen'], genres: ['Adventure'] },
  { kind: 'VENUE', name: 'Tomorrow Hall', people: [], genres: [] },
];
const suggested = (text: string, corrections = new Map<string, string[]>()): string[] =>
  suggestionsFrom(DOCUMENTS, parseSearchText(text), corrections, 8).map(({ text: shown, kind }) => `${kind} ${shown}`);

test('a text that several documents have is suggested once, before others', () => {
  expect(suggested('tom')).toEqual(['PERSON Tom Hanks', 'VENUE Tomorrow Hall']);
});

test('what begins with the text comes before what has a word that does', () => {
  expect(suggested('m')).toEqual(['MOVIE The Green Mile', 'PERSON David Morse']);
  expect(suggested('to')).toEqual(['PERSON Tom Hanks', 'MOVIE Toy Story', 'VENUE Tomorrow Hall']);
});

test('every word has to match, and a corrected one does', () => {
  expect(suggested('hanks tom')).toEqual(['PERSON Tom Hanks']);
  expect(suggested('tom cruise')).toEqual([]);
  expect(suggested('dramma', new Map([['dramma', ['drama']]]))).toEqual(['GENRE Drama']);
});

test('without a word, what is popular is suggested by name', () => {
  expect(suggested(' ')).toEqual(['MOVIE The Green Mile', 'MOVIE Toy Story', 'VENUE Tomorrow Hall']);
});

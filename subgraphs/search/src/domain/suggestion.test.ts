import { expect, test } from 'vitest';

import { parseSearchText } from './search-text.ts';
import { suggestionsFrom, type Suggesting } from './suggestion.ts';

const DOCUMENTS: readonly Suggesting[] = [
  { id: 'ttl_mile', kind: 'MOVIE', name: 'The Green Mile', people: ['Tom Hanks', 'David Morse'], genres: ['Drama'] },
  { id: 'ttl_toy', kind: 'MOVIE', name: 'Toy Story', people: ['Tom Hanks', 'Tim Allen'], genres: ['Adventure'] },
  { id: 'ven_hall', kind: 'VENUE', name: 'Tomorrow Hall', people: [], genres: [] },
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

test('a name leads to what has it, unless several have it', () => {
  const remake = { id: 'ttl_remake', kind: 'MOVIE', name: 'Toy story', people: [], genres: [] } as const;
  const leads = (text: string, documents: readonly Suggesting[]) =>
    suggestionsFrom(documents, parseSearchText(text), new Map(), 8).map(({ subject }) => subject?.id ?? null);
  expect(leads('to', DOCUMENTS)).toEqual([null, 'ttl_toy', 'ven_hall']);
  expect(leads('toy', [...DOCUMENTS, remake])).toEqual([null]);
});

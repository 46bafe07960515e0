import { expect, test } from 'vitest';

import { type Document, indexed } from './document.ts';

const FILM: Document = {
  ...{ id: 'ttl_1', kind: 'MOVIE', version: 1, name: 'Spider-Man 2', people: ['Sam Raimi'], genres: ['Sci-Fi'] },
  ...{ languages: ['English'], description: 'A student with a secret, in New York.', place: null },
};

test('names weigh most, and are found written as one word', () => {
  const { words, vocabulary, foldedName } = indexed(FILM);
  for (const part of [`'spider':1A`, `'man':2A`, `'spiderman':1A`, `'spiderman2':1A`, `'raimi':5B`, `'scifi':6C`]) {
    expect(words).toContain(part);
  }
  expect(words).toContain(`'student':`);
  expect(foldedName).toBe('spider man 2');
  expect(vocabulary).toEqual(['spider', 'man', 'spiderman', '2', 'sam', 'raimi', 'sci', 'fi', 'scifi']);
});

test('what filters look for is no word that anybody can type', () => {
  expect(indexed(FILM).words).toContain(`'kind=movie' 'genre=sci fi' 'language=english'`);
});

test('a venue is found by its city and address', () => {
  const place = { cityCode: 'ist', cityName: 'İstanbul', address: 'İstiklal Caddesi 5', latitude: 41, longitude: 29 };
  const { words } = indexed({ ...FILM, kind: 'VENUE', name: 'Atlas', people: [], genres: [], languages: [], place });
  for (const part of [`'atlas':1A`, `'istanbul':2C`, `'istiklal':3C`, `'kind=venue'`]) expect(words).toContain(part);
});

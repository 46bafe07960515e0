import { expect, test } from 'vitest';

import { filterOf, readSearch, toggled, withParam } from './params.ts';

const read = (query: string) => readSearch(new URLSearchParams(query));

test('reads a search from an address', () => {
  const state = read('q=+dark+&genre=Drama&genre=Comedy&kind=MOVIE&kind=x&date=2026-12-04&near=52.5,13.4&within=5');
  expect(state.text).toBe('dark');
  expect(filterOf(state)).toEqual({
    kind: ['MOVIE'],
    genres: ['Drama', 'Comedy'],
    date: '2026-12-04',
    near: { latitude: 52.5, longitude: 13.4 },
    withinKilometres: 5,
  });
});

test('leaves out what cannot be searched for', () => {
  expect(filterOf(read('q=a&date=soon&near=95,0&within=3'))).toBeNull();
  expect(filterOf(read('near=1,1&within=900'))).toEqual({ near: { latitude: 1, longitude: 1 } });
});

test('adds a value, takes it away, and replaces one', () => {
  const params = new URLSearchParams('q=a&genre=Drama');
  expect(String(toggled(params, 'genre', 'Comedy'))).toBe('q=a&genre=Drama&genre=Comedy');
  expect(String(toggled(params, 'genre', 'Drama'))).toBe('q=a');
  expect(String(withParam(params, 'date', '2026-12-04'))).toBe('q=a&genre=Drama&date=2026-12-04');
  expect(String(withParam(params, 'genre', undefined))).toBe('q=a');
});

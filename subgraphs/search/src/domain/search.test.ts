import { expect, test } from 'vitest';

import { isScoped, parseConditions } from './search.ts';

const near = { latitude: 52.4, longitude: 4.9 };

test.each([
  [{ near: { latitude: 91, longitude: 0 } }, 'filter.near.latitude'],
  [{ near: { latitude: 0, longitude: -180.5 } }, 'filter.near.longitude'],
  [{ near: { latitude: Number.NaN, longitude: 0 } }, 'filter.near.latitude'],
  [{ near, withinKilometres: 0 }, 'filter.withinKilometres'],
  [{ near, withinKilometres: 501 }, 'filter.withinKilometres'],
  [{ withinKilometres: 5 }, 'filter.near'],
])('%j is refused, naming %s', (filter, field) => {
  expect(() => parseConditions(null, filter)).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ field }) }),
  );
});

test('near alone ranks, a distance leaves out', () => {
  expect(isScoped(parseConditions(null, { near }))).toBe(false);
  expect(isScoped(parseConditions(null, { near, withinKilometres: 3 }))).toBe(true);
});

test('an empty list is no condition, and the order of a list does not matter', () => {
  expect(parseConditions(null, { genres: [], kind: [] })).toEqual(parseConditions(null, null));
  expect(parseConditions(null, { genres: ['b', 'a', 'b'] })).toEqual(parseConditions(null, { genres: ['a', 'b'] }));
});

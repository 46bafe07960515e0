import { expect, test } from 'vitest';

import { type EventInput, parseEvent } from './parse-event.ts';

const EVENT: EventInput = { id: 'a', name: 'title_view', at: new Date('2027-01-31T10:00:00Z') };

test.each<[string, Partial<EventInput>]>([
  ['name', { name: 'Title View' }],
  ['name', { name: '' }],
  ['name', { name: 'x'.repeat(65) }],
  ['name', { name: 'booking_confirmed' }],
  ['id', { id: '' }],
  ['id', { id: 'a\u0000' }],
  ['id', { id: 'x'.repeat(129) }],
  ['visitorId', { visitorId: '\ud800' }],
  ['titleId', { titleId: 'a b' }],
  ['showId', { showId: '\n' }],
  ['venueId', { venueId: 'x'.repeat(101) }],
  ['cityId', { cityId: 'London' }],
  ['searchText', { searchText: 'x'.repeat(201) }],
  ['impressionToken', { impressionToken: 'a\tb' }],
  ['properties', { properties: [1] }],
  ['properties', { properties: 'text' }],
  ['properties', { properties: { a: 'x'.repeat(2_000) } }],
  ['properties', { properties: { a: '\u0000' } }],
  ['properties', { properties: { a: ['\\\ud800'] } }],
])('an invalid %s is named with its event', (field, change) => {
  expect(() => parseEvent({ ...EVENT, ...change }, 'events.3')).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field: `events.3.${field}` } }),
  );
});

test('properties may say anything that can be stored', () => {
  const properties = { text: 'a\\u0000 \t "ü"', list: [1, null, { deep: true }], astral: '🎬' };
  expect(JSON.parse(parseEvent({ ...EVENT, properties }, 'events.0').properties ?? '')).toEqual(properties);
});

test('the city is that of the show or venue where none is given', () => {
  const city = (change: Partial<EventInput>) => parseEvent({ ...EVENT, ...change }, 'events.0').cityCode;
  expect(city({})).toBeNull();
  expect(city({ showId: 'lon_shw_1' })).toBe('lon');
  expect(city({ showId: 'lon_shw_1', cityId: 'cty_ams' })).toBe('ams');
});

test('search words have composed letters, and no blanks that say nothing', () => {
  const text = (searchText: string) => parseEvent({ ...EVENT, searchText }, 'events.0').searchText;
  expect([text(' Ame\u0301lie \n\u0007 2 '), text(' \t'), text('\ud800')]).toEqual(['Amélie 2', null, null]);
});

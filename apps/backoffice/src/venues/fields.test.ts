import { expect, test } from 'vitest';

import { fieldProblems, itemsOf, NO_FIELDS, venueInput } from './fields.ts';

const fields = {
  name: ' Lantern ',
  address: '1 Quay',
  latitude: '53,55',
  longitude: '-9.9',
  amenities: 'Bar, , Lift ',
};

test('reads degrees with a comma, and amenities between commas', () => {
  expect(venueInput(fields)).toEqual({
    name: 'Lantern',
    address: '1 Quay',
    location: { latitude: 53.55, longitude: -9.9 },
    amenities: ['Bar', 'Lift'],
  });
  expect(itemsOf('')).toEqual([]);
});

test('says which fields cannot be sent', () => {
  expect(fieldProblems(fields)).toEqual({});
  expect(Object.keys(fieldProblems(NO_FIELDS))).toEqual(['name', 'address', 'latitude', 'longitude']);
  expect(fieldProblems({ ...fields, latitude: '91', longitude: 'x' })).toEqual({
    latitude: 'needLatitude',
    longitude: 'needLongitude',
  });
});

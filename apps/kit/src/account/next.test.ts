import { expect, test } from 'vitest';

import { ownPath, signInPath } from './next.ts';

test.each(['/', '/bookings', '/shows/1?seats=2#map', '/a//b'])('%j is a path of this application', (next) => {
  expect(ownPath(next)).toBe(next);
});

test.each([
  null,
  '',
  'bookings',
  '//evil.test',
  '/\\evil.test',
  '/\t/evil.test',
  '/.//evil.test',
  'https://evil.test',
  'javascript:alert(1)',
])('%j leads to the first page', (next) => {
  expect(ownPath(next)).toBe('/');
});

test('the sign-in page knows where to lead back to', () => {
  const path = signInPath({ pathname: '/shows/1', search: '?a=b&c=d' });
  expect(ownPath(new URL(path, 'http://own.test').searchParams.get('next'))).toBe('/shows/1?a=b&c=d');
});

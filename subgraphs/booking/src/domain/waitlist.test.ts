import { expect, test } from 'vitest';

import { mayPass } from './waitlist.ts';

test('a party is passed by smaller ones in the last day before the show alone', () => {
  const startsAt = new Date('2027-03-05T19:30:00Z');
  expect(mayPass({ startsAt }, new Date('2027-03-04T19:29:59Z'))).toBe(false);
  expect(mayPass({ startsAt }, new Date('2027-03-04T19:30:00Z'))).toBe(true);
});

import { expect, test } from 'vitest';

import { chained, EMPTY_CHAIN, faultOf } from './audit-chain.ts';

const record = {
  ...{ eventId: '7f0e', at: new Date('2027-01-31T18:30:00Z'), domain: 'booking', actorId: 'usr_agent' },
  ...{ action: 'booking.cancelled', subjectType: 'Booking', subjectId: 'lon_bkg_1', detail: null },
};

test.each(['eventId', 'domain', 'actorId', 'action', 'subjectType', 'subjectId', 'detail', 'at', 'hash'] as const)(
  'an entry whose %s was changed does not follow the one before',
  (field) => {
    const [entry] = chained(EMPTY_CHAIN, [record]);
    if (!entry) throw new Error('nothing was chained');
    expect(faultOf(entry, EMPTY_CHAIN)).toBeNull();
    const changed = { at: new Date(0), hash: Buffer.alloc(32, 1) }[field as 'at'] ?? 'other';
    expect(faultOf({ ...entry, [field]: changed }, EMPTY_CHAIN)).toBe('entry 1 was changed');
  },
);

test('an entry is missed, and an entry of another chain does not fit', () => {
  const [first, second] = chained(EMPTY_CHAIN, [record, record]);
  if (!first || !second) throw new Error('nothing was chained');
  expect(faultOf(second, first)).toBeNull();
  expect(faultOf(second, EMPTY_CHAIN)).toBe('entry 1 is missing');
  const [other] = chained(EMPTY_CHAIN, [{ ...record, actorId: 'usr_admin' }]);
  expect(faultOf(second, other ?? EMPTY_CHAIN)).toBe('entry 2 was changed');
});

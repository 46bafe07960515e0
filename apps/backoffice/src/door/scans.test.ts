import { expect, test } from 'vitest';

import { isContradicted, merged, pendingOf, settled, withAdmitted } from './scans.ts';
import type { KeptList, KeptScan } from './store.ts';

const scan = (changes: Partial<KeptScan> = {}): KeptScan => ({
  ...{ id: '1', showId: 's', at: '2026-12-04T19:00:00Z', verdict: 'admit', code: 'MQ2' },
  ...changes,
});
const list: KeptList = {
  ...{
    showId: 's',
    title: 'T',
    startsAt: '',
    timeZone: 'UTC',
    place: '',
    publicKey: '',
    generatedAt: '',
    validUntil: '',
  },
  tickets: [
    { id: 'a', code: 'x', status: 'ISSUED' },
    { id: 'b', code: 'y', status: 'ISSUED' },
  ],
};

test('scans are sent in the order in which they were made, each once', () => {
  const scans = [scan({ id: '2', at: '2026-12-04T19:05:00Z' }), scan(), scan({ id: '3', outcome: 'ADMITTED' })];
  expect(pendingOf(scans).map(({ id }) => id)).toEqual(['1', '2']);
});

test('a code is forgotten once its outcome is known', () => {
  expect(settled(scan(), 'ALREADY_USED', '2026-12-04T18:00:00Z')).not.toHaveProperty('code');
});

test('tells when the server knew better', () => {
  expect(isContradicted(scan({ outcome: 'ALREADY_USED' }))).toBe(true);
  expect(isContradicted(scan({ verdict: 'notListed', outcome: 'ADMITTED' }))).toBe(true);
  expect(isContradicted(scan({ outcome: 'ADMITTED' }))).toBe(false);
  expect(isContradicted(scan())).toBe(false);
});

test('whom a gate let in stays in, also in a list that is read before the upload', () => {
  const former = withAdmitted(list, 'a');
  expect(former.tickets[0]?.status).toBe('CHECKED_IN');
  expect(merged(list, former, [scan()]).tickets.map(({ status }) => status)).toEqual(['CHECKED_IN', 'ISSUED']);
  expect(merged(list, former, []).tickets[0]?.status).toBe('ISSUED');
});

import { expect, test } from 'vitest';

import { type AdEvent, seenIn } from './ad-event.ts';

const event = (change: Partial<AdEvent>): AdEvent => ({
  ...{ kind: 'IMPRESSION', impressionToken: 'good', at: '2026-11-30T10:00:00.000Z', suspicious: false },
  ...change,
});
const placementIn = (token: string) => (token === 'good' ? 'plc_1' : null);

test('an impression and a click of a placement are one row, by the earliest of each', () => {
  const [earlier, later] = ['2026-11-30T09:59:00.000Z', '2026-11-30T10:05:00.000Z'];
  const events = [event({}), event({ kind: 'CLICK', at: later }), event({ at: earlier }), event({ at: later })];
  expect(seenIn(events, placementIn)).toEqual([{ id: 'plc_1', impressionAt: earlier, clickAt: later }]);
});

test('invalid traffic and tokens of others are left out', () => {
  const events = [event({ suspicious: true }), event({ impressionToken: 'forged' })];
  expect(seenIn(events, placementIn)).toEqual([]);
});

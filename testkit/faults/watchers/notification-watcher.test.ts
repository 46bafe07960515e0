import { expect, test } from 'vitest';

import { missedAmong } from './notification-watcher.ts';

test('a notification that was not received is missed, unless it may be older than the subscription', () => {
  const stored = ['ntf_1', 'ntf_2', 'ntf_3', 'ntf_4'];
  expect(missedAmong(stored, new Set(['ntf_4', 'ntf_2']))).toEqual(['ntf_3']);
  expect(missedAmong(stored, new Set(stored))).toEqual([]);
  expect(missedAmong(stored, new Set())).toEqual(stored);
});

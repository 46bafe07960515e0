import { expect, test } from 'vitest';

import { hasGap, lastComplete, merged, type Message, type Outgoing, undelivered } from './conversation.ts';

const message = (sequence: number): Message => ({
  id: `m${sequence}`,
  sequence,
  text: `text ${sequence}`,
  sentAt: '2026-11-30T12:00:00Z',
  author: null,
});

test('messages come once, in the order of their places', () => {
  const joined = merged([message(1), message(3)], [message(2), message(3)]);
  expect(joined.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
});

test('a missing place is a gap, an older part that is not read is none', () => {
  expect(hasGap([])).toBe(false);
  expect(hasGap([message(4), message(5)])).toBe(false);
  expect(hasGap([message(4), message(6)])).toBe(true);
  expect(lastComplete([message(4), message(6)])).toBe(4);
});

test('an own message is on its way until it is back in its place', () => {
  const outgoing: Outgoing = { key: 'k', text: 'hi', at: '2026-11-30T12:00:00Z' };
  expect(undelivered([outgoing], [message(1)])).toEqual([outgoing]);
  const sent = { ...outgoing, messageId: 'm2' };
  expect(undelivered([sent], [message(1)])).toEqual([sent]);
  expect(undelivered([sent], [message(1), message(2)])).toEqual([]);
});

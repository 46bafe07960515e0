import { expect, test } from 'vitest';

import { LruCache } from '../../src/executor/lru-cache.ts';

const kept = (cache: LruCache<string, string>): string[] => [...cache.values()];

test('what was used least recently goes first', () => {
  const cache = new LruCache<string, string>(2);
  cache.set('a', 'A');
  cache.set('b', 'B');
  cache.get('a');
  cache.set('c', 'C');
  expect(kept(cache)).toEqual(['A', 'C']);
});

test('as many go as weigh too much, and what takes the place of another weighs once', () => {
  const cache = new LruCache<string, string>(10, { max: 6, of: (_key, { length }) => length });
  for (const value of ['12', '34', '56']) cache.set(value, value);
  cache.set('34', '3456');
  expect(kept(cache)).toEqual(['56', '3456']);
  cache.set('x', '12345');
  expect(kept(cache)).toEqual(['12345']);
  cache.set('y', '1234567');
  expect(kept(cache)).toEqual([]);
  cache.set('z', '123456');
  expect(kept(cache)).toEqual(['123456']);
});

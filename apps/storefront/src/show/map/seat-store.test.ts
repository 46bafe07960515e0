import { describe, expect, it } from 'vitest';

import { SeatStore } from './seat-store.ts';

const seat = (id: string, status: 'AVAILABLE' | 'HELD' | 'SOLD' = 'AVAILABLE') => ({ id, status });

function storeAt(version: number): SeatStore {
  const store = new SeatStore();
  store.load(version, [seat('a'), seat('b'), seat('c')]);
  return store;
}

describe('the seats of a show', () => {
  it('drop old events, apply the next one, and miss those between', () => {
    const store = storeAt(4);
    expect(store.apply({ version: 4, seats: [seat('a', 'SOLD')] })).toBe('stale');
    expect(store.look('a')).toBe('free');
    expect(store.apply({ version: 5, seats: [seat('a', 'HELD')] })).toBe('applied');
    expect(store.look('a')).toBe('held');
    expect(store.apply({ version: 7, seats: [seat('b', 'SOLD')] })).toBe('gap');
    expect(store.isBehind).toBe(true);
    store.load(7, [seat('a'), seat('b', 'SOLD'), seat('c', 'SOLD')]);
    expect(store.isBehind).toBe(false);
    expect(store.countFree()).toBe(1);
  });

  it('take a catch-up over several versions', () => {
    const store = storeAt(4);
    expect(store.apply({ version: 9, seats: [seat('c', 'SOLD')] }, true)).toBe('applied');
    expect(store.version).toBe(9);
  });

  it('ignore a map that is older than what is known', () => {
    const store = storeAt(4);
    store.apply({ version: 5, seats: [seat('a', 'SOLD')] });
    store.load(4, [seat('a')]);
    expect(store.look('a')).toBe('sold');
  });

  it('tell only those who look at a seat that changes', () => {
    const store = storeAt(1);
    const told: string[] = [];
    for (const id of ['a', 'b']) store.watch(id, () => told.push(id));
    store.apply({ version: 2, seats: [seat('b', 'HELD'), seat('a')] });
    expect(told).toEqual(['b']);
  });

  it('show what the person chose, has, and gives back', () => {
    const store = storeAt(1);
    store.want(['a']);
    expect(store.look('a')).toBe('chosen');
    store.apply({ version: 2, seats: [seat('a', 'HELD')] });
    expect(store.isTakenByOthers('a')).toBe(true);
    store.hold(['a', 'b']);
    expect([...store.wanted]).toEqual(['a', 'b']);
    expect(store.look('b')).toBe('mine');
    expect(store.isTakenByOthers('a')).toBe(false);
    store.want(['b']);
    expect(store.look('a')).toBe('free');
  });
});

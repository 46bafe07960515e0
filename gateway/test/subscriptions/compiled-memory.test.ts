import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HeldBytes } from '../../src/protection/holdings/share.ts';
import { CompiledMemory } from '../../src/subscriptions/compiled-memory.ts';
import { memoryOfDocument } from '../../src/subscriptions/operation-memory.ts';
import { holdingsUpTo } from '../protection/holdings-up-to.ts';

const SIZE = memoryOfDocument(100);
const compiled = (fingerprint: string) => ({ fingerprint, authorizationKey: '', length: 100 });
const REFUSED = { extensions: { code: 'RATE_LIMITED' } };

/** Subscriptions of clients whose network may hold two compiled operations. */
function start() {
  const holdings = holdingsUpTo({ bytes: 2 * SIZE });
  const memory = new CompiledMemory();
  const subscribe = (fingerprint: string) => {
    const held = new HeldBytes(holdings.shareOf('192.0.2.1'));
    const ends: unknown[] = [];
    const end = () => {
      leave();
      held.resize(0);
    };
    const hold = (bytes: number) => held.resize(held.size + bytes);
    const finish = (errors: readonly unknown[]) => {
      ends.push(...errors);
      end();
    };
    const leave = memory.use(compiled(fingerprint), { hold, finish });
    return { end, ends, hold };
  };
  return { subscribe, held: () => holdings.total('bytes') };
}

test('an operation counts once for all its subscriptions, and no more when the last has ended', async () => {
  const { subscribe, held } = start();
  const [first, second] = [subscribe('a'), subscribe('a')];
  expect(held()).toBe(SIZE);
  first.end();
  await setImmediate();
  expect(held()).toBe(SIZE);
  second.end();
  await setImmediate();
  expect(held()).toBe(0);
});

test('each operation counts, and above the limit it is refused', () => {
  const { subscribe } = start();
  subscribe('a');
  subscribe('b');
  expect(() => subscribe('c')).toThrow('too much memory');
  expect(() => subscribe('a')).not.toThrow();
});

test('when the one who counted it leaves, a subscription that cannot hold it ends', async () => {
  const { subscribe, held } = start();
  const [first, second] = [subscribe('a'), subscribe('a')];
  first.end();
  expect(second.hold(SIZE + 1)).toBe(true);
  await setImmediate();
  expect(second.ends).toMatchObject([REFUSED]);
  expect(held()).toBe(0);
});

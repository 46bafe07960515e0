import { expect, test } from 'vitest';
import { Backlog } from '../../src/protection/holdings/backlog.ts';
import { MessageRates, TokenBucket } from '../../src/protection/holdings/message-rates.ts';
import { HeldBytes } from '../../src/protection/holdings/share.ts';
import { holdingsUpTo } from './holdings-up-to.ts';

test('a network holds at most its limit, and another network its own', () => {
  const refused: string[] = [];
  const holdings = holdingsUpTo({ sockets: 2 }, { onRefused: (held, by) => refused.push(`${held} by ${by}`) });
  const [one, two, three] = ['a', 'a', 'a'].map((network) => holdings.shareOf(network));
  expect([one, two, three].map((share) => share?.take('sockets'))).toEqual([true, true, false]);
  expect(holdings.shareOf('b').take('sockets')).toBe(true);
  expect(refused).toEqual(['sockets by network']);
  one?.close();
  expect(three?.take('sockets')).toBe(true);
});

test('what one limit refuses counts nowhere', () => {
  const holdings = holdingsUpTo({ bytes: 10 }, { process: { bytes: 15 } });
  const [a, b] = [holdings.shareOf('a'), holdings.shareOf('b')];
  expect([a.take('bytes', 11), a.take('bytes', 10), b.take('bytes', 6), b.take('bytes', 5)]).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(holdings.total('bytes')).toBe(15);
});

test('a user has one limit over all networks, also for what was held before signing in', () => {
  const holdings = holdingsUpTo({}, { caller: { sockets: 2 } });
  const shares = ['a', 'b', 'c'].map((network) => holdings.shareOf(network));
  for (const share of shares) share.take('sockets');
  expect(shares.map((share) => share.belongTo('ann'))).toEqual([true, true, false]);
  shares[0]?.close();
  expect(shares[2]?.belongTo('ann')).toBe(true);
});

test('a closed share holds nothing, and takes and releases nothing more', () => {
  const holdings = holdingsUpTo({});
  const share = holdings.shareOf('a');
  const held = new HeldBytes(share);
  share.take('operations', 2);
  held.resize(100);
  share.close();
  held.resize(0);
  share.release('operations');
  expect(share.take('sockets')).toBe(false);
  expect(['sockets', 'operations', 'bytes'].map((kind) => holdings.total(kind as 'bytes'))).toEqual([0, 0, 0]);
});

test('a client that has not read everything for the time allowed is closed, one that catches up is not', () => {
  const backlog = new Backlog(holdingsUpTo({}).shareOf('a'), 60);
  const unread = [5, 5, 0, 5, 5, 5, 5].map((size, index) => backlog.update({ unread: size }, index * 30));
  expect(unread).toEqual([true, true, true, true, true, true, false]);
});

test('unread and unfinished messages count as memory', () => {
  const holdings = holdingsUpTo({ bytes: 100 });
  const backlog = new Backlog(holdings.shareOf('a'), 60);
  expect(backlog.update({ unread: 40, unfinished: 60 }, 1)).toBe(true);
  expect(backlog.update({ unread: 41, unfinished: 60 }, 1)).toBe(false);
  backlog.update({ unread: 0 }, 1);
  expect(holdings.total('bytes')).toBe(0);
});

test('a bucket allows five seconds at once, then its rate', () => {
  const bucket = new TokenBucket(10);
  const taken = (now: number) => Array.from({ length: 60 }, () => bucket.take(1, now)).filter(Boolean).length;
  expect([taken(0), taken(1_000), taken(1_500), taken(60_000)]).toEqual([50, 10, 5, 50]);
});

test('messages count for their socket and its network, large ones as several, and handshakes too', () => {
  const rates = new MessageRates({ perSocket: 10, perNetwork: 20, now: () => 0 });
  const [large, other, elsewhere] = ['a', 'a', 'b'].map((network) => rates.counterFor(network));
  expect([large?.(40 * 4_096), large?.(11 * 4_096)]).toEqual([undefined, 'socket']);
  expect([other?.(50 * 4_096), other?.(1)]).toEqual([undefined, 'socket']);
  expect([rates.connect('a'), rates.connect('a'), rates.connect('a'), rates.connect('b')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect([rates.counterFor('a')(1), elsewhere?.(1)]).toEqual(['network', undefined]);
});

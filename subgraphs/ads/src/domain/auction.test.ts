import fc from 'fast-check';
import { expect, test } from 'vitest';

import { auction, type Bidder, valueOf } from './auction.ts';

const bidder = (campaignId: string, bid: number, cents = 1): Bidder => ({
  ...{ campaignId, organisationId: `org_${campaignId}`, bid, cents },
});
const pricesOf = (bids: readonly Bidder[], slots: number, reserve = 100) =>
  auction(bids, { slots, reserve }).map(({ bidder: { campaignId }, price }) => [campaignId, price]);

test('the highest bid wins and pays what the next one would have', () => {
  expect(pricesOf([bidder('a', 500), bidder('b', 320), bidder('c', 200)], 1)).toEqual([['a', 320]]);
});

test('each place is sold at the price of the next, and the last at the reserve where nobody else bids', () => {
  const bids = [bidder('a', 500), bidder('b', 320)];
  expect(pricesOf(bids, 2)).toEqual([
    ['a', 320],
    ['b', 100],
  ]);
  expect(pricesOf(bids, 5)).toHaveLength(2);
  expect(pricesOf([], 2)).toEqual([]);
});

test('equal bids pay what they bid', () => {
  expect(pricesOf([bidder('a', 500), bidder('b', 500)], 1)).toEqual([['a', 500]]);
});

test('a bid below the reserve wins nothing, and raises no price', () => {
  expect(pricesOf([bidder('a', 500), bidder('b', 99)], 2)).toEqual([['a', 100]]);
});

test('a bid of another currency is worth its rate, and the winner pays in its own', () => {
  // 40,000 paise at 0.0097 euro cents each are 388 euro cents.
  const [rupees, pounds] = [bidder('inr', 40_000, 0.0097), bidder('gbp', 300, 1.14)];
  expect(pricesOf([rupees, pounds], 1)).toEqual([['inr', 35_258]]);
  expect(pricesOf([bidder('gbp', 400, 1.14), rupees], 1)).toEqual([['gbp', 341]]);
});

test('no price is above its bid, below the reserve, or other than what the next bid is worth', () => {
  const bids = fc.array(
    fc.record({ bid: fc.integer({ min: 1, max: 100_000 }), cents: fc.constantFrom(0.0097, 0.5, 1, 1.14) }),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(bids, fc.integer({ min: 1, max: 5 }), (given, slots) => {
      const ranked = given
        .map(({ bid, cents }, index) => bidder(String(index), bid, cents))
        .toSorted((one, other) => valueOf(other) - valueOf(one));
      const wins = auction(ranked, { slots, reserve: 100 });
      for (const [place, { bidder: winner, price }] of wins.entries()) {
        const floor = Math.max(100, valueOf(ranked[place + 1] ?? bidder('', 0)) || 0);
        expect(price).toBeLessThanOrEqual(winner.bid);
        expect(price * winner.cents).toBeGreaterThanOrEqual(Math.min(floor, valueOf(winner)) - 1e-3);
        expect((price - 1) * winner.cents).toBeLessThan(floor);
      }
    }),
  );
});

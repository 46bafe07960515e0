import { expect, test } from 'vitest';

import { nextPace, type Pace } from './pacing.ts';

const DAY = 86_400;
const STEP = 5;

/** Random numbers that are the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A day of a campaign, paced every five seconds.
 *
 * @param auctionsAt the auctions a second, by the hour
 * @returns what was spent by the end of each hour, as a share of the budget
 */
function dayOf(auctionsAt: (hour: number) => number, { budget, price }: { budget: number; price: number }): number[] {
  const random = seeded(7);
  let paced: Pace = { pace: 0.01, allowance: 0 };
  let spent = 0;
  const byHour: number[] = [];
  for (let second = STEP; second <= DAY; second += STEP) {
    const auctions = auctionsAt(Math.floor((second - STEP) / 3_600)) * STEP;
    const before = spent;
    const whole = Math.floor(auctions) + (random() < auctions % 1 ? 1 : 0);
    for (let index = 0; index < whole; index += 1) {
      if (random() < paced.pace && spent + price <= budget) spent += price;
    }
    const left = [{ milli: budget - spent, seconds: DAY - second }];
    paced = nextPace({ ...paced, spent: spent - before, elapsedSeconds: STEP, left });
    if (second % 3_600 === 0) byHour.push(spent / budget);
  }
  return byHour;
}

const STEADY = () => 4;
const EVENINGS = (hour: number) => (hour >= 17 ? 8 : 1);

test.each([
  ['a hundredth of the auctions', STEADY, 2_000_000, 0.02],
  ['an impression now and then', STEADY, 100_000, 0.06],
  ['most auctions of a quiet day, and few of the evening', EVENINGS, 30_000_000, 0.02],
])('a budget that buys %s is spread over the day, and spent', (_what, auctionsAt, budget, off) => {
  const byHour = dayOf(auctionsAt, { budget, price: 500 });
  for (const [hour, share] of byHour.entries()) expect(Math.abs(share - (hour + 1) / 24)).toBeLessThan(off);
  expect(byHour.at(-1)).toBeGreaterThan(0.98);
});

test('what quiet hours could not spend is spread over the rest of the day', () => {
  const byHour = dayOf((hour) => (hour >= 12 ? 8 : 0.1), { budget: 60_000_000, price: 500 });
  expect(byHour[11]).toBeLessThan(0.05);
  for (const hour of [14, 17, 20, 23]) expect(Math.abs((byHour[hour] ?? 0) - (hour - 11) / 12)).toBeLessThan(0.05);
});

test('a budget that buys every auction takes part in every one', () => {
  const left = [{ milli: 1_000_000, seconds: 100 }];
  expect(nextPace({ pace: 0.6, allowance: 1_000_000, spent: 100, elapsedSeconds: 5, left }).pace).toBe(1);
  expect(nextPace({ pace: 1, allowance: 0, spent: 0, elapsedSeconds: 5, left }).pace).toBe(1);
});

test('the tighter of budget and daily cap decides, and a pace never falls to nothing', () => {
  const course = { pace: 0.5, allowance: 0, spent: 500, elapsedSeconds: 5 };
  const [ample, tight] = [
    { milli: 1_000_000, seconds: 100 },
    { milli: 10_000, seconds: 1_000 },
  ];
  expect(nextPace({ ...course, left: [ample] }).pace).toBeGreaterThan(0.5);
  expect(nextPace({ ...course, left: [ample, tight] }).pace).toBeLessThan(0.5);
  expect(nextPace({ ...course, left: [{ milli: 0, seconds: 10 }] }).pace).toBeGreaterThan(0);
});

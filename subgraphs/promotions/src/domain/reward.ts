import type { Money } from '@marquee/money';

/** The reward of each of the two, in minor units: about the price of a drink. */
const AMOUNTS: Readonly<Record<string, number>> = {
  ...{ AED: 2_000, ARS: 500_000, AUD: 800, BRL: 2_500, CAD: 700, CHF: 500, EUR: 500, GBP: 400, INR: 40_000 },
  ...{ ISK: 700, JPY: 800, KRW: 7_000, MXN: 9_000, PLN: 2_000, SEK: 5_500, SGD: 700, TRY: 20_000, USD: 500 },
  ZAR: 9_000,
};
/** A visit costs at least so often what both rewards cost. */
const TIMES_BOTH = 2;

/** The reward in the first of the currencies in which one is set; null when there is none in any. */
export function rewardIn(...currencies: readonly (string | null | undefined)[]): Money | null {
  for (const currency of currencies) {
    const amount = AMOUNTS[currency ?? ''];
    if (currency && amount !== undefined) return { amount, currency };
  }
  return null;
}

/** Currencies that most people know: what a reward is about worth in any other. */
const KNOWN = ['EUR', 'GBP', 'USD', 'INR'];

/** The reward of each of the two, in a few well-known currencies. */
export const exampleRewards = (): Money[] => KNOWN.flatMap((currency) => rewardIn(currency) ?? []);

/** The least that a rewarded visit costs, in minor units: nobody buys rewards for less than they are worth. @returns null where nothing is rewarded */
export function leastPaid(currency: string): number | null {
  const reward = rewardIn(currency);
  return reward && 2 * TIMES_BOTH * reward.amount;
}

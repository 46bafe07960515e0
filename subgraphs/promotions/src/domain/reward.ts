import type { Money } from '@marquee/money';

/** The reward of each of the two, in minor units: about the price of a drink. */
const AMOUNTS: Readonly<Record<string, number>> = {
  ...{ AED: 2_000, ARS: 500_000, AUD: 800, BRL: 2_500, CAD: 700, CHF: 500, EUR: 500, GBP: 400, INR: 40_000 },
  ...{ ISK: 700, JPY: 800, KRW: 7_000, MXN: 9_000, PLN: 2_000, SEK: 5_500, SGD: 700, TRY: 20_000, USD: 500 },
  ZAR: 9_000,
};
const ELSEWHERE: Money = { amount: 500, currency: 'EUR' };

/** The reward of somebody whose wallet has a currency; in euros where it has one that no reward is set in. */
export function rewardIn(currency: string): Money {
  const amount = AMOUNTS[currency];
  return amount === undefined ? ELSEWHERE : { amount, currency };
}

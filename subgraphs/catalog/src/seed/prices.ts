import type { Money } from '@marquee/money';

/** The price of a standard cinema seat and the rounding step, in minor units. */
const CINEMA_SEAT: Readonly<Record<string, readonly [amount: number, step: number]>> = {
  AED: [4_700, 100],
  ARS: [900_000, 10_000],
  AUD: [2_200, 50],
  BRL: [3_800, 100],
  CAD: [1_500, 25],
  CHF: [1_900, 50],
  EUR: [1_150, 50],
  GBP: [1_200, 50],
  INR: [32_000, 1_000],
  ISK: [2_190, 100],
  JPY: [1_900, 100],
  KRW: [14_000, 500],
  MXN: [9_500, 500],
  PLN: [3_200, 100],
  SEK: [14_900, 500],
  SGD: [1_400, 50],
  TRY: [26_000, 500],
  USD: [1_500, 25],
  ZAR: [13_000, 500],
};

/** A multiple of the price of a standard cinema seat, rounded to the currency's step. */
export function seedPrice(factor: number, currency: string): Money {
  const seat = CINEMA_SEAT[currency];
  if (!seat) throw new Error(`The seed has no prices in ${currency}`);
  const [amount, step] = seat;
  return { amount: Math.max(step, Math.round((amount * factor) / step) * step), currency };
}

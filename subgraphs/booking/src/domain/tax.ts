import type { Show } from './show.ts';

/** Tax on top of prices, in percent. */
export interface TaxRate {
  /** Of the booking fee. */
  readonly onFees: number;
  /** Of the seats' price; 0 where the price includes it. */
  readonly onSeats: number;
}

/** Rates by country code or city code; `ZZ` is for all others. */
export type TaxRates = Readonly<Record<string, TaxRate>>;

const NONE: TaxRate = { onFees: 0, onSeats: 0 };

/** The rate where the show takes place: its city's, else its country's. */
export function taxRateOf(rates: TaxRates, { cityCode, country }: Pick<Show, 'cityCode' | 'country'>): TaxRate {
  return rates[cityCode] ?? rates[country] ?? rates['ZZ'] ?? NONE;
}

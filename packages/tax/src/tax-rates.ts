import { z } from 'zod';

import listed from './tax-rates.json' with { type: 'json' };

/** Tax on top of prices, in percent. */
export interface TaxRate {
  /** Of what the marketplace itself sells: the booking fee, a membership. */
  readonly onFees: number;
  /** Of the seats' price; 0 where the price includes it. */
  readonly onSeats: number;
}

/** Rates by country code or city code; `ZZ` is for all others. */
export type TaxRates = Readonly<Record<string, TaxRate>>;

/** Where something is taxed. */
export interface TaxedPlace {
  readonly country: string;
  readonly cityCode?: string;
}

const NONE: TaxRate = { onFees: 0, onSeats: 0 };

/** The rate of a place: its city's, else its country's. */
export function taxRateOf(rates: TaxRates, { cityCode, country }: TaxedPlace): TaxRate {
  return rates[cityCode ?? country] ?? rates[country] ?? rates['ZZ'] ?? NONE;
}

const percent = z.number().min(0).max(100);

/** Rates by ISO 3166 country code or, where a city differs, by its code; `ZZ` is for all others. */
const shape = z.record(
  z.string().regex(/^([A-Z]{2}|[a-z]{3,8})$/),
  z.strictObject({
    /** Of what the marketplace itself sells: the booking fee, a membership. */
    onFees: percent,
    /** Of the seats' price; 0 where the price includes it. */
    onSeats: percent,
    /** Which rate of the country applies to what. */
    applies: z.string(),
    source: z.url(),
    /** The day for which the source gives the rate. */
    asOf: z.iso.date(),
  }),
);

/** The rates of `tax-rates.json`, with those of the setting in their place. */
export const taxRates = z
  .preprocess(readJson, shape)
  .default({})
  .transform((changed): TaxRates => ({ ...shape.parse(listed), ...changed }))
  .describe('rates as in tax-rates.json, as JSON');

function readJson(value: unknown, { addIssue }: z.core.$RefinementCtx): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    addIssue({ code: 'custom', message: 'This is not JSON.' });
    return z.NEVER;
  }
}

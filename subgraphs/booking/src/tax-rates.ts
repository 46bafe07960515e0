import { z } from 'zod';

import type { TaxRates } from './domain/tax.ts';
import listed from './tax-rates.json' with { type: 'json' };

const percent = z.number().min(0).max(100);

/** Rates by ISO 3166 country code or, where a city differs, by its code; `ZZ` is for all others. */
const shape = z.record(
  z.string().regex(/^([A-Z]{2}|[a-z]{3,8})$/),
  z.strictObject({
    /** Of the booking fee. */
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

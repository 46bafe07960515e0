import { secretKeys } from '@marquee/subgraph';
import { z } from 'zod';

import { isTimeZone } from './domain/campaign-terms.ts';
import { parseRates } from './domain/euro-rates.ts';

/** Rounded rates of late 2026. They order bids of different currencies, so their last digits decide nothing. */
const RATES = `EUR=1,USD=0.86,GBP=1.14,CHF=1.07,AUD=0.56,CAD=0.61,SGD=0.66,AED=0.23,BRL=0.16,PLN=0.24,SEK=0.09,CZK=0.041,
  INR=0.0097,JPY=0.0056,KRW=0.0006,MXN=0.047,ZAR=0.05,TRY=0.02,ARS=0.0006,ISK=0.0069`;

export const settings = z.object({
  /** Signs impression tokens. While it is replaced, the new and the old one, with a comma between. */
  tokenKeys: secretKeys(),
  /** Where the days of campaigns begin that name no time zone. */
  timeZone: z.string().refine(isTimeZone).default('UTC').describe('an IANA time zone, such as Europe/London'),
  /** The lowest price of a thousand impressions. */
  reserveCents: z.coerce.number().int().positive().default(100).describe('euro cents, at least 1'),
  /** The worth of currencies in euros: campaigns bid in these. */
  euroRates: z
    .string()
    .default(RATES)
    .transform((text, context) => {
      const rates = parseRates(text);
      if (rates === null) context.addIssue('no rates');
      return rates ?? new Map<string, number>();
    })
    .describe('rates such as EUR=1,GBP=1.14'),
  /** How long after an auction an impression counts. */
  impressionMinutes: z.coerce.number().int().min(1).max(1_440).default(30).describe('minutes, 1 to 1440'),
  /** How often spend is settled. */
  settleIntervalMs: z.coerce.number().int().positive().default(30_000).describe('milliseconds, at least 1'),
});

export type Settings = z.output<typeof settings>;

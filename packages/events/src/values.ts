import { z } from 'zod';

/** An instant, RFC 3339 in UTC, such as `2027-01-31T18:30:00.000Z`. */
export const instant = z.iso.datetime();

/** An amount in a currency's minor units, with its ISO 4217 code. */
export const money = z.object({ amount: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) });

/** An IANA time zone, such as `Europe/London`. */
export const timeZone = z.string().min(1);

/** Any id. */
export const id = z.string().min(1);

import { z } from 'zod';

import { declared, type PersonalData } from './content.ts';

/** An instant, RFC 3339 in UTC, such as `2027-01-31T18:30:00.000Z`. */
export const instant = declared(z.iso.datetime(), 'time');

/** A word of a fixed vocabulary, such as a city's code. */
export const code = declared(z.string(), 'code');

/** An amount in a currency's minor units, with its ISO 4217 code. */
export const money = z.object({ amount: z.int(), currency: declared(z.string().regex(/^[A-Z]{3}$/), 'code') });

/** An IANA time zone, such as `Europe/London`. */
export const timeZone = declared(z.string().min(1), 'code');

/** Any id. */
export const id = declared(z.string().min(1), 'id');

/** The name of something that everybody may see, such as a title or a seat; never of a customer. */
export const publicName = declared(z.string(), 'public name');

/**
 * A fact about something that everybody may see, such as a title's description or a venue's address; never about a
 * customer.
 */
export function publicFact<Shape extends z.ZodType>(shape: Shape): Shape {
  return declared(shape, 'public fact');
}

/** A sentence that the code has, with nothing that a person wrote in it. */
export const ownWords = declared(z.string(), 'own words');

/** Text about or by a person. ADR 33 says when an event may carry it. */
export function personalData(declaration: PersonalData): z.ZodString {
  return declared(z.string(), declaration);
}

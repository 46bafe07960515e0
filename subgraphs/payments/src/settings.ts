import { loosened, secret } from '@marquee/subgraph';
import { taxRates } from '@marquee/tax';
import { z } from 'zod';

import { isSafe } from './domain/return-url.ts';

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && isSafe(new URL(text));
}

export const settings = z.object({
  /** Which provider new and old payments are at. */
  provider: z.enum(['sandbox', 'stripe']).default('sandbox').describe('sandbox or stripe'),
  /** Stripe's connected account of each organisation that is paid out to. */
  stripeAccounts: z
    .string()
    .regex(/^([^=,]+=acct_\w+(,|$))*$/, 'must be organisations with their accounts, such as org_1=acct_1,org_2=acct_2')
    .default('')
    .transform(
      (list) =>
        new Map(
          list
            .split(',')
            .filter(Boolean)
            .map((pair) => pair.split('=') as [string, string]),
        ),
    )
    .describe('organisations with their connected accounts, such as org_1=acct_1,org_2=acct_2'),
  providerUrl: loosened(z.url({ protocol: /^https?$/ }).describe('the URL of the payment provider'), {
    isLoose: (url) => /^http:\/\/(?!(127\.0\.0\.1|localhost|\[::1\])[:/])/.test(`${url}/`),
    why: 'sends the provider’s key over a network without TLS',
  }),
  providerApiKey: secret(),
  /** Key of the provider's webhook signatures. */
  providerWebhookSecret: secret(),
  /** Currency of an empty wallet whose customer has booked nothing. */
  defaultCurrency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('EUR')
    .describe('an ISO 4217 currency code'),
  /**
   * From what amount the wallet and saved cards pay only after a fresh sign-in, in euro cents; other currencies by
   * magnitude.
   */
  freshSignInAmount: z.coerce.number().int().min(0).default(50_000).describe('euro cents, such as 50000'),
  /** Sites that a payment's page may send customers to; with none, their own machine. */
  returnOrigins: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter((origin) => origin !== ''))
    .refine(
      (origins) => origins.every(isOrigin),
      'must be origins separated by commas, https unless on the own machine',
    )
    .describe('origins separated by commas, such as https://tickets.example; http only on the own machine'),
  /** Whose tax is in the price of a membership plan that names no country. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('NL')
    .describe('an ISO 3166 country code'),
  /** Tax rates that differ from those of packages/tax. */
  taxRates,
});

export type Settings = z.output<typeof settings>;

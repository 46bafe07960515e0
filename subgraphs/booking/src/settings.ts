import { loosened, secret } from '@marquee/subgraph';
import { taxRates } from '@marquee/tax';
import { z } from 'zod';

const seconds = z.coerce.number().int().positive().describe('a whole number of seconds, at least 1');
const seats = z.coerce.number().int().positive().describe('a whole number of seats, at least 1');
const people = z.coerce.number().int().positive().describe('a whole number of people, at least 1');
const percent = z.coerce.number().min(0).max(100).describe('a percentage from 0 to 100');

export const settings = z.object({
  /** Signs the QR codes of tickets. */
  ticketSecret: secret(),
  /** Secrets that signed codes before, which admit their holders still: the one that is replaced goes here. */
  formerTicketSecrets: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .refine((secrets) => secrets.every(({ length }) => length >= 32))
    .describe('secrets of at least 32 characters, separated by commas'),
  /** Where clients reach the gateway, which links to documents begin with; without it they are relative to the endpoint. */
  publicUrl: loosened(
    z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('a URL such as https://api.example.com'),
    {
      isLoose: (url) => /^http:\/\/(?!(127\.0\.0\.1|localhost|\[::1\])[:/])/.test(`${url}/`),
      why: 'leads people to their tickets without TLS',
    },
  ),
  /** How long a hold lasts. */
  holdSeconds: seconds.default(600),
  /** How long before a hold expires its customer is warned. */
  warnSeconds: seconds.default(120),
  /** How long a booking awaits its payment. */
  paymentSeconds: seconds.default(900),
  /** How long a customer may keep seats of a show without paying, in an hour. */
  unpaidSeconds: seconds.default(1_800),
  /** The most seats of a customer in a show that does not say, held, booked and sold. */
  maxSeatsPerCustomer: seats.default(10),
  /** The same, while the customer's email address is not verified. */
  maxSeatsUnverified: seats.default(4),
  /** The most seats that a customer holds or has yet to pay in all shows. */
  maxUnpaidSeats: seats.default(30),
  /** How many people the waiting room of a show that does not say admits a minute. */
  admissionsPerMinute: people.default(300),
  /** How long somebody whom a waiting room has admitted may hold seats. */
  admissionSeconds: seconds.default(900),
  /** Booking fee, in percent of a seat's price. */
  feePercent: percent.default(6),
  /** Tax rates that differ from those of `tax-rates.json`. */
  taxRates,
});

export type Settings = z.output<typeof settings>;

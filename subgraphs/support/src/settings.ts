import { z } from 'zod';

/** Where a customer is served by whose hours when neither a booking nor a home city says. */
export const settings = z.object({
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('GB'),
  defaultRegion: z.string().max(6).default('ENG'),
  defaultTimeZone: z.string().min(1).default('Europe/London'),
});

export type Settings = z.output<typeof settings>;

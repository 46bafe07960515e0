import { z } from 'zod';

export const settings = z.object({
  /** Where clients reach the site, which share links begin with. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:4000')
    .describe('a URL such as https://tickets.example'),
  /** How long after a reward fraud takes it back. */
  rewardReversalDays: z.coerce.number().int().positive().default(60).describe('a whole number of days, at least 1'),
  /** How long after the visit a reward is given. */
  rewardDelayDays: z.coerce.number().int().min(0).default(3).describe('a whole number of days'),
});

export type Settings = z.output<typeof settings>;

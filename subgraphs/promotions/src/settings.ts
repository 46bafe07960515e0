import { z } from 'zod';

export const settings = z.object({
  /** Where clients reach the gateway, at which share links lead to a page of our own. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:4000')
    .describe('a URL such as https://api.example.com'),
  /** Where the page `/join` is, which share links lead to; without it, they lead to our own. */
  storefrontUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('a URL such as https://www.example.com'),
  /** How long after a reward fraud takes it back. */
  rewardReversalDays: z.coerce.number().int().positive().default(60).describe('a whole number of days, at least 1'),
  /** How long after the visit a reward is given. */
  rewardDelayDays: z.coerce.number().int().min(0).default(3).describe('a whole number of days'),
});

export type Settings = z.output<typeof settings>;

import { id, instant, money, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

/** Events of ads, keyed by the campaign's id. */
export const emits = {
  /** An organisation owes the cost of impressions, in whole minor units. */
  'ads.spend-settled': z.object({
    settlementId: id,
    campaignId: id,
    organisationId: id,
    amount: money,
    impressions: z.int(),
    from: instant,
    to: instant,
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

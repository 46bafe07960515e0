import { clickThroughRateOf, statusOf, wholeUnits, wholeUnitsByDay } from '../domain/campaign.ts';
import type { CampaignResolvers } from '../generated/resolvers.ts';

export const Campaign: CampaignResolvers = {
  organisation: ({ organisationId }) => ({ id: organisationId }),
  status: (campaign) => statusOf(campaign),
  frequencyCapPerDay: ({ frequencyCap }) => frequencyCap,
  spent: ({ spentMilli, budget: { currency } }) => ({ amount: wholeUnits(spentMilli), currency }),
  clickThroughRate: (campaign) => clickThroughRateOf(campaign),
  dailySpend: async ({ id, budget: { currency } }, _args, { loaders }) =>
    wholeUnitsByDay(await loaders.days.load(id)).map(({ day, amount }) => ({ ...day, spent: { amount, currency } })),
};

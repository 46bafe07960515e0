import { cancellationSummary } from '../domain/cancellation-policy.ts';
import { showStatus } from '../domain/show.ts';
import type { ShowResolvers } from '../generated/resolvers.ts';
import { existing } from './existing.ts';

export const Show: ShowResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.shows.load(id),
  status: (show, _args, { now }) => showStatus(show, now),
  screen: ({ screenId }, _args, { loaders }) => existing(loaders.screens.load(screenId)),
  venue: ({ venueId }, _args, { loaders }) => existing(loaders.venues.load(venueId)),
  title: ({ titleId }, _args, { loaders }) => existing(loaders.titles.load(titleId)),
  priceTiers: ({ tiers }) => tiers,
  cancellationPolicy: ({ cancellationTiers: tiers }) => ({ summary: cancellationSummary(tiers), tiers }),
};

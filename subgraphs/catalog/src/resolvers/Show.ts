import { cancellationSummary } from '../domain/cancellation-policy.ts';
import { showStatus } from '../domain/show.ts';
import type { ShowResolvers } from '../generated/resolvers.ts';
import { required } from './required.ts';

export const Show: ShowResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.shows.load(id),
  status: (show, _args, { deps }) => showStatus(show, deps.now()),
  screen: ({ screenId }, _args, { loaders }) => required(loaders.screens.load(screenId)),
  venue: ({ venueId }, _args, { loaders }) => required(loaders.venues.load(venueId)),
  title: ({ titleId }, _args, { loaders }) => required(loaders.titles.load(titleId)),
  priceTiers: ({ tiers }) => tiers,
  cancellationPolicy: ({ cancellationTiers: tiers }) => ({ summary: cancellationSummary(tiers), tiers }),
};

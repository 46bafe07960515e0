import type { QueryResolvers } from '../../generated/resolvers.ts';

export const campaign: QueryResolvers['campaign'] = (_parent, { id }, { deps }) => deps.campaigns.find(id);

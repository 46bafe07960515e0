import type { QueryResolvers } from '../../generated/resolvers.ts';

export const supportTicket: QueryResolvers['supportTicket'] = (_parent, { id }, { loaders }) =>
  loaders.tickets.load(id);

import { isParty } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const supportTicket: QueryResolvers['supportTicket'] = async (_parent, { id }, { caller, loaders }) => {
  const ticket = await loaders.tickets.load(id);
  return ticket && isParty(ticket, caller) ? ticket : null;
};

import type { QueryResolvers } from '../../generated/resolvers.ts';

/** Holders of a page. */
const MAX_HOLDERS = 1_000;

export const ticketHolders: QueryResolvers['ticketHolders'] = (_parent, { showId, after, first }, { deps }) =>
  deps.ticketHolders.ofShow(showId, { after: after ?? null, first: Math.min(Math.max(1, first), MAX_HOLDERS) });

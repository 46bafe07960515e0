import type { QueryResolvers } from '../../generated/resolvers.ts';

export const couponHold: QueryResolvers['couponHold'] = (_parent, { id }, { deps }) => deps.holds.findWithShow(id);

import { requireManager } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const coupon: QueryResolvers['coupon'] = async (_parent, { id }, { caller, deps }) => {
  const found = await deps.coupons.find(id);
  if (found !== null) await requireManager(deps, caller, found.organisationId);
  return found;
};

import { requireReader } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const payment: QueryResolvers['payment'] = async (_parent, { id }, { caller, loaders }) => {
  const found = await loaders.payments.load(id);
  if (found) requireReader(found, caller);
  return found;
};

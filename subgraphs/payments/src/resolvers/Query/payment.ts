import { requireReader } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const payment: QueryResolvers['payment'] = async (_parent, { id }, context) => {
  const found = await context.loaders.payments.load(id);
  if (found) await requireReader(found, context);
  return found;
};

import { requireReader } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const booking: QueryResolvers['booking'] = async (_parent, { id }, { caller, loaders }) => {
  const found = await loaders.bookings.load(id);
  if (found) requireReader(found, caller);
  return found;
};

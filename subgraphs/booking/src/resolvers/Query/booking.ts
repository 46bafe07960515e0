import { requireReader } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const booking: QueryResolvers['booking'] = async (_parent, { id }, context) => {
  const found = await context.loaders.bookings.load(id);
  if (found) await requireReader(found, context);
  return found;
};

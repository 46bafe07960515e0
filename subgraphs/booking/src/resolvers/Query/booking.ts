import { forbidden } from '@marquee/errors';
import { hasScope, userIdOf } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

export const booking: QueryResolvers['booking'] = async (_parent, { id }, { caller, loaders }) => {
  const found = await loaders.bookings.load(id);
  if (!found) return null;
  if (found.customerId !== userIdOf(caller) && !hasScope(caller, 'bookings:read')) {
    throw forbidden('This booking belongs to somebody else.');
  }
  return found;
};

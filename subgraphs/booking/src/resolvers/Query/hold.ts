import { requireOwner } from '../../access.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { requireUser } from '@marquee/subgraph';

export const hold: QueryResolvers['hold'] = async (_parent, { id }, { caller, deps }) => {
  const found = await deps.holds.find(id);
  if (found) requireOwner('hold', found, requireUser(caller));
  return found;
};

import { requireUser } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';
import { readCheckInList } from '../../use-cases/read-check-in-list.ts';

export const checkInList: QueryResolvers['checkInList'] = async (_parent, { showId }, { caller, deps }) => {
  const found = await readCheckInList(deps, { showId, userId: requireUser(caller) });
  if (!found) return null;
  const { publicKeys, ...list } = found;
  const [{ publicKey }] = publicKeys;
  return { ...list, publicKey, publicKeys };
};

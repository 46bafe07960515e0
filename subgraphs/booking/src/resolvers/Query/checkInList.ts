import { requireUser } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';
import { readCheckInList } from '../../use-cases/read-check-in-list.ts';

export const checkInList: QueryResolvers['checkInList'] = async (_parent, { showId }, { caller, deps }) => {
  const { publicKeys, ...list } = await readCheckInList(deps, { showId, userId: requireUser(caller) });
  const [{ publicKey }] = publicKeys;
  return { ...list, publicKey, publicKeys };
};

import { badInput } from '@marquee/errors';
import { isPossibleId } from '@marquee/subgraph';

import type { QueryResolvers } from '../../generated/resolvers.ts';

const MAX_SLOTS = 10;

export const adPlacements: QueryResolvers['adPlacements'] = async (_parent, { cityId, viewerKey, slots }, { deps }) => {
  if (slots < 1 || slots > MAX_SLOTS) throw badInput('slots', `Ask for 1 to ${MAX_SLOTS} places.`);
  if (!isPossibleId(cityId)) throw badInput('cityId', 'Enter an id as the catalogue has it.');
  return deps.auctions.do({ cityId, viewerKey, slots });
};

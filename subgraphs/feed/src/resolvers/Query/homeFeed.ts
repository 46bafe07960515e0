import { localeOf } from '@marquee/messages';
import { userIdOf } from '@marquee/subgraph';

import { cityCodeIn, requirePoint } from '../../domain/place.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { hydrateFeed } from '../../use-cases/hydrate-feed.ts';

export const homeFeed: QueryResolvers['homeFeed'] = async (_parent, { cityId, near = null }, { caller, deps }) => {
  const [cityCode, userId] = [cityCodeIn(cityId), userIdOf(caller)];
  if (near) requirePoint(near);
  const material = cityCode === null ? null : await hydrateFeed(deps, { cityCode, userId, near });
  return material && { cityId, userId, material, locale: localeOf(material.taste.language) };
};

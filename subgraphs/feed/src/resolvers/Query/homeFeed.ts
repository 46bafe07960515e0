import { badInput } from '@marquee/errors';
import { isLocaleTag, localeOf } from '@marquee/messages';
import { userIdOf } from '@marquee/subgraph';

import { cityCodeIn, requirePoint } from '../../domain/place.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { hydrateFeed } from '../../use-cases/hydrate-feed.ts';

export const homeFeed: QueryResolvers['homeFeed'] = async (
  _parent,
  { cityId, near = null, locale = null },
  { caller, deps },
) => {
  const [cityCode, userId] = [cityCodeIn(cityId), userIdOf(caller)];
  if (near) requirePoint(near);
  if (locale !== null && !isLocaleTag(locale))
    throw badInput('locale', 'Enter a language tag such as `de` or `de-CH`.');
  const material = cityCode === null ? null : await hydrateFeed(deps, { cityCode, userId, near });
  return material && { cityId, userId, material, locale: localeOf(locale ?? material.taste.language) };
};

import { badInput } from '@marquee/errors';

import { cityCodeIn } from '../../domain/city.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { suggest } from '../../use-cases/suggest.ts';

const MAX_SUGGESTIONS = 20;

export const searchSuggestions: QueryResolvers['searchSuggestions'] = (
  _parent,
  { prefix, cityId, first },
  { deps },
) => {
  const limit = first ?? 8;
  if (limit < 0 || limit > MAX_SUGGESTIONS) throw badInput('first', `Ask for 0 to ${MAX_SUGGESTIONS} suggestions.`);
  return suggest(deps, { prefix, cityCode: cityCodeIn(cityId), limit });
};

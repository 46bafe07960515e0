import type { Connection } from '@marquee/subgraph';

import type { ShowingSearch } from '../domain/listing.ts';
import type { Title } from '../domain/title.ts';
import type { TitleConnectionResolvers } from '../generated/resolvers.ts';

/** A page of titles with the search that found it. */
export interface TitlesShowing extends Connection<Title> {
  readonly search: ShowingSearch;
}

export const TitleConnection: TitleConnectionResolvers = {
  totalCount: ({ search }, _args, { deps }) => deps.titles.countShowing(search),
};

import type { Connection } from '@marquee/subgraph';

import type { ShowingSearch } from '../domain/ports.ts';
import type { Title } from '../domain/title.ts';
import type { TitleConnectionResolvers } from '../generated/resolvers.ts';

/** A page of titles with shows, and what it is a page of. */
export interface TitlesShowing extends Connection<Title> {
  readonly search: ShowingSearch;
}

export const TitleConnection: TitleConnectionResolvers = {
  totalCount: ({ search }, _args, { catalog }) => catalog.countTitlesShowing(search),
};

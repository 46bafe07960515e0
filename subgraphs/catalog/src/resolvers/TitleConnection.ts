import type { Connection } from '@marquee/subgraph';

import type { Title } from '../domain/title.ts';
import type { TitleConnectionResolvers } from '../generated/resolvers.ts';

/** A page of titles, and how to count the whole list. */
export interface TitlePage extends Connection<Title> {
  readonly count: () => Promise<number>;
}

export const TitleConnection: TitleConnectionResolvers = {
  totalCount: ({ count }) => count(),
};

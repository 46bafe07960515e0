import { pageArguments } from '@marquee/subgraph';

import { feedMessages } from '../domain/messages.ts';
import { SECTION_SIZE } from '../domain/section.ts';
import type { FeedSectionResolvers } from '../generated/resolvers.ts';

export const FeedSection: FeedSectionResolvers = {
  title: ({ heading, locale }) => feedMessages.write(heading, locale).text,
  items: ({ cards, locale }, args) =>
    cards
      .slice(0, pageArguments(args, 1, SECTION_SIZE).limit)
      .map((card) =>
        'reason' in card ? { __typename: 'TitleCard', ...card, locale } : { __typename: 'SponsoredCard', ...card },
      ),
};

/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as Show, EntityReference as Title } from '@marquee/subgraph';

export type { HomeFeed } from './resolvers/feed-parents.ts';
export type { FeedSection } from './resolvers/feed-parents.ts';
export type { SponsoredCard } from './domain/section.ts';
export type { TitleCard } from './resolvers/feed-parents.ts';

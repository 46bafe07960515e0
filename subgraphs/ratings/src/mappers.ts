/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as Title, EntityReference as User, EntityReference as Venue } from '@marquee/subgraph';

export type { ReviewReport } from './domain/moderation.ts';
export type { Rating as RatingSummary } from './domain/rating.ts';
export type { Review } from './domain/review.ts';

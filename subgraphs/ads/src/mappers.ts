/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as Organisation, EntityReference as User } from '@marquee/subgraph';

export type { Campaign } from './domain/campaign.ts';
export type { PlacedAd as AdPlacement } from './use-cases/place-ads.ts';

/** The parents of each GraphQL type's resolvers, under its name. */
export type { City } from './domain/city.ts';
export type { ScheduledShow, TitleWithFacts as TitleFacts, VenueWithFacts as VenueFacts } from './domain/facts.ts';
export type { Show } from './domain/show.ts';
export type { Title, Title as LiveEvent, Title as Movie } from './domain/title.ts';
export type { Screen, Venue } from './domain/venue.ts';
export type { TitlePage as TitleConnection } from './resolvers/TitleConnection.ts';

import type { Resolvers } from '../generated/resolvers.ts';
import { City } from './City.ts';
import { createTitle } from './Mutation/createTitle.ts';
import { createVenue } from './Mutation/createVenue.ts';
import { scheduleShows } from './Mutation/scheduleShows.ts';
import { PriceTier } from './PriceTier.ts';
import { cities } from './Query/cities.ts';
import { nowShowing } from './Query/nowShowing.ts';
import { show } from './Query/show.ts';
import { title } from './Query/title.ts';
import { venue } from './Query/venue.ts';
import { venueOwner } from './Query/venueOwner.ts';
import { Screen } from './Screen.ts';
import { Show } from './Show.ts';
import { LiveEvent, Movie, Title } from './Title.ts';
import { TitleConnection } from './TitleConnection.ts';
import { Venue } from './Venue.ts';

export const resolvers: Resolvers = {
  Query: { cities, nowShowing, show, title, venue, venueOwner },
  Mutation: { createTitle, createVenue, scheduleShows },
  City,
  LiveEvent,
  Movie,
  PriceTier,
  Screen,
  Show,
  Title,
  TitleConnection,
  Venue,
};

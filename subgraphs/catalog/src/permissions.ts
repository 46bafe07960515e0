import { everyone, type Permissions, service, withScope } from '@marquee/subgraph';

const partner = withScope('catalog:write');

/** The catalog is public. Only partners change it; use cases check that they manage the venue. */
export const permissions: Permissions = {
  Query: {
    cities: everyone,
    title: everyone,
    venue: everyone,
    venueOwner: service,
    show: everyone,
    nowShowing: everyone,
  },
  Mutation: { createVenue: partner, createTitle: partner, scheduleShows: partner },
  GeoPoint: everyone,
  City: everyone,
  CityConnection: everyone,
  CityEdge: everyone,
  Venue: everyone,
  Screen: everyone,
  Movie: everyone,
  LiveEvent: everyone,
  TitleConnection: everyone,
  TitleEdge: everyone,
  Show: everyone,
  PriceTier: everyone,
  CancellationPolicy: everyone,
  CancellationTier: everyone,
  ShowConnection: everyone,
  ShowEdge: everyone,
  CreateVenuePayload: everyone,
  CreateTitlePayload: everyone,
  ScheduleShowsPayload: everyone,
  VenueExistsError: everyone,
  TitleExistsError: everyone,
  ScreenConflictError: everyone,
};

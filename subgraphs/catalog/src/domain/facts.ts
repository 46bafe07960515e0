import type { City } from './city.ts';
import type { GeoPoint } from './geo-point.ts';
import type { Show } from './show.ts';
import type { Title } from './title.ts';
import type { Screen, Venue } from './venue.ts';

/** A title as other domains know it: the payload of `catalog.title-changed`. */
export interface TitleWithFacts {
  readonly titleId: string;
  readonly version: number;
  readonly name: string;
  readonly facts: Omit<Title, 'id' | 'name' | 'organisationId'>;
}

/** A venue as other domains know it: the payload of `catalog.venue-changed`. */
export interface VenueWithFacts {
  readonly venueId: string;
  readonly version: number;
  readonly name: string;
  readonly facts: Pick<City, 'country' | 'countryCode' | 'timeZone'> &
    Pick<Venue, 'cityCode' | 'address' | 'amenities' | 'organisationId'> &
    GeoPoint & { readonly cityName: string };
}

/** A show as other domains know it: a `catalog.shows-scheduled` of this show, as it is now. */
export interface ScheduledShow extends Pick<
  Show,
  'cityCode' | 'layoutId' | 'language' | 'format' | 'cancellationTiers' | 'maxSeatsPerCustomer' | 'transferable'
> {
  readonly showId: string;
  readonly version: number;
  readonly cancelled: boolean;
  readonly timeZone: string;
  readonly country: string;
  readonly salesOpenAt: Date;
  readonly screen: Pick<Screen, 'id' | 'name'>;
  readonly venue: Pick<Venue, 'id' | 'name' | 'organisationId'>;
  readonly title: Pick<Title, 'id' | 'name' | 'kind'>;
  readonly shows: readonly Pick<Show, 'id' | 'startsAt' | 'endsAt' | 'highDemand' | 'tiers'>[];
}

/** A page by id. */
export interface FactsPage {
  readonly after: string | null;
  readonly limit: number;
}

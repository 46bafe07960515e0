import { notFound } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';

import { type ManagerDeps, requireManager } from '../access.ts';
import { changesOf, ifGiven } from '../domain/changes.ts';
import type { GeoPoint } from '../domain/geo-point.ts';
import type { Venues } from '../domain/ports.ts';
import type { Venue } from '../domain/venue.ts';
import { venueFields } from '../domain/venue-fields.ts';
import { VenueExistsError } from '../errors.ts';

export interface UpdateVenueDeps extends ManagerDeps {
  readonly venues: Pick<Venues, 'findMany' | 'update'>;
}

export interface UpdateVenueInput {
  readonly caller: Caller;
  readonly venueId: string;
  readonly name?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly location?: GeoPoint | null | undefined;
  readonly amenities?: readonly string[] | null | undefined;
}

/**
 * Changes a venue's details. Fields that are left out stay as they are.
 *
 * @throws {VenueExistsError} when another venue has this name at the address
 * @throws {CodedError} BAD_USER_INPUT naming the field, NOT_FOUND, FORBIDDEN when the caller does not manage the venue
 */
export async function updateVenue(deps: UpdateVenueDeps, input: UpdateVenueInput): Promise<Venue> {
  const { venues } = deps;
  const changes = changesOf({
    name: ifGiven(input.name, venueFields.name),
    address: ifGiven(input.address, venueFields.address),
    location: ifGiven(input.location, venueFields.location),
    amenities: ifGiven(input.amenities, venueFields.amenities),
  });
  const [venue] = await venues.findMany([input.venueId]);
  if (!venue) throw notFound('venue');
  const by = await requireManager(deps, input.caller, venue);
  const existing = await venues.update(venue, changes, by);
  if (existing) throw new VenueExistsError(existing);
  const [updated = venue] = await venues.findMany([venue.id]);
  return updated;
}

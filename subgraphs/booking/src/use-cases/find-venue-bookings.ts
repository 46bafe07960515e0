import type { Caller, LatestPage } from '@marquee/subgraph';

import { requireAdmissionsReader } from '../access.ts';
import type { Booking, BookingStatus } from '../domain/booking.ts';
import type { VenueBookings } from '../domain/ports.ts';
import { bookingSearchOf } from '../domain/venue-bookings.ts';

export interface FindVenueBookingsDeps {
  readonly venueBookings: VenueBookings;
}

export interface FindVenueBookingsInput extends LatestPage {
  readonly venueId: string;
  readonly caller: Caller;
  readonly status: readonly BookingStatus[] | null;
  readonly search: string | null;
}

/** Bookings of a venue, and the partner who may read them. */
export interface FoundBookings {
  readonly venueOwnerId: string | null;
  /** The latest first, and one more when another page follows. */
  readonly bookings: readonly Booking[];
}

/**
 * The bookings of a venue; none when nothing was scheduled there.
 *
 * @throws {CodedError} FORBIDDEN for another partner's venue
 */
export async function findVenueBookings(
  { venueBookings }: FindVenueBookingsDeps,
  { venueId, caller, search, ...page }: FindVenueBookingsInput,
): Promise<FoundBookings> {
  const venue = await venueBookings.findVenue(venueId);
  if (!venue) return { venueOwnerId: null, bookings: [] };
  requireAdmissionsReader(venue, caller);
  const wanted = search === null || search.trim() === '' ? null : bookingSearchOf(search);
  return { venueOwnerId: venue.venueOwnerId, bookings: await venueBookings.page({ ...page, venue, search: wanted }) };
}

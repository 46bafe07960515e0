import type { Caller, LatestPage } from '@marquee/subgraph';

import { requireStaffOrSupport, type StaffDeps } from '../access.ts';
import type { Booking, BookingStatus } from '../domain/booking.ts';
import type { VenueBookings } from '../domain/ports.ts';
import { bookingSearchOf } from '../domain/venue-bookings.ts';

export interface FindVenueBookingsDeps extends StaffDeps {
  readonly venueBookings: VenueBookings;
}

export interface FindVenueBookingsInput extends LatestPage {
  readonly venueId: string;
  readonly caller: Caller;
  readonly status: readonly BookingStatus[] | null;
  readonly search: string | null;
}

/**
 * The bookings of a venue, the latest first, and one more when another page follows; none when nothing was scheduled there.
 *
 * @throws {CodedError} FORBIDDEN for whoever does not look up bookings there
 */
export async function findVenueBookings(
  deps: FindVenueBookingsDeps,
  { venueId, caller, search, ...page }: FindVenueBookingsInput,
): Promise<readonly Booking[]> {
  const venue = await deps.venueBookings.findVenue(venueId);
  if (!venue) return [];
  await requireStaffOrSupport(deps, venue, caller, 'BOOKINGS');
  const wanted = search === null || search.trim() === '' ? null : bookingSearchOf(search);
  return deps.venueBookings.page({ ...page, venue, search: wanted });
}

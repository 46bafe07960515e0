import { type LatestPage, type RequestContext, requireUser } from '@marquee/subgraph';

import { requireStaffOrAdministrator, seesHolders, type StaffDeps } from '../access.ts';
import type { People } from '../domain/admissions.ts';
import type { Booking, BookingStatus } from '../domain/booking.ts';
import type { VenueBookings } from '../domain/ports.ts';
import { type BookingSearch, bookingSearchOf, type VenueKey } from '../domain/venue-bookings.ts';

export interface FindVenueBookingsDeps extends StaffDeps {
  readonly venueBookings: VenueBookings;
  readonly people: Pick<People, 'named'>;
}

export interface FindVenueBookingsInput extends LatestPage {
  readonly venueId: string;
  readonly reader: Pick<RequestContext, 'caller' | 'looks'>;
  readonly status: readonly BookingStatus[] | null;
  readonly search: string | null;
}

export interface FoundVenueBookings {
  readonly bookings: readonly Booking[];
  /** Whether the reader sees whom their tickets admit. */
  readonly showsHolders: boolean;
}

/**
 * The bookings of a venue, the latest first, and one more when another page follows; none when nothing was scheduled there.
 *
 * @throws {CodedError} FORBIDDEN for whoever does not look up bookings there
 */
export async function findVenueBookings(
  deps: FindVenueBookingsDeps,
  { venueId, reader, search, ...page }: FindVenueBookingsInput,
): Promise<FoundVenueBookings> {
  const venue = await deps.venueBookings.findVenue(venueId);
  if (!venue) return { bookings: [], showsHolders: false };
  await requireStaffOrAdministrator(deps, venue, reader, 'BOOKINGS');
  const found = await searchOf(deps, venue, search?.trim() ?? '');
  const bookings = await deps.venueBookings.page({ ...page, venue, search: found });
  return { bookings, showsHolders: await seesHolders(deps, venue, requireUser(reader.caller)) };
}

/** Names are asked of accounts each time: booking keeps none. */
async function searchOf(
  { venueBookings, people }: FindVenueBookingsDeps,
  venue: VenueKey,
  text: string,
): Promise<BookingSearch | null> {
  if (text === '') return null;
  const search = bookingSearchOf(text);
  if (!('name' in search)) return search;
  return { holderIds: await people.named(await venueBookings.holderIds(venue), search.name) };
}

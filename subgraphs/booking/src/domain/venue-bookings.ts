import type { LatestPage } from '@marquee/subgraph';

import type { BookingStatus } from './booking.ts';
import type { StaffedVenue } from './venue-staff.ts';

/** A venue of which something was scheduled. */
export interface VenueKey extends StaffedVenue {
  readonly id: string;
  readonly cityCode: string;
}

/** A search of a venue's bookings: by id, by seat, or by the people whom their tickets admit. */
export type BookingSearch =
  | { readonly bookingId: string }
  | { readonly row: string; readonly number: number }
  | { readonly holderIds: readonly string[] };

/** A page of a venue's bookings. */
export interface VenueBookingsPage extends LatestPage {
  readonly venue: VenueKey;
  /** Only bookings in one of these states; all when null. */
  readonly status: readonly BookingStatus[] | null;
  /** All when null. */
  readonly search: BookingSearch | null;
}

const SEAT = /^([a-z]{1,3})[ -]?(\d{1,4})$/i;

const BOOKING_ID = /^[a-z]+_bkg_[0-9a-f]+$/i;

/** Reads a search as people type it: a seat such as `c 7`, a booking's id, else a name. */
export function bookingSearchOf(text: string): Exclude<BookingSearch, { holderIds: unknown }> | { name: string } {
  const trimmed = text.trim();
  const [, row, number] = SEAT.exec(trimmed) ?? [];
  if (row !== undefined && number !== undefined) return { row: row.toUpperCase(), number: Number(number) };
  return BOOKING_ID.test(trimmed) ? { bookingId: trimmed.toLowerCase() } : { name: trimmed };
}

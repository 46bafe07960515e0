import type { LatestPage } from '@marquee/subgraph';

import type { BookingStatus } from './booking.ts';
import type { StaffedVenue } from './venue-staff.ts';

/** A venue of which something was scheduled. */
export interface VenueKey extends StaffedVenue {
  readonly id: string;
  readonly cityCode: string;
}

/** A search of a venue's bookings: by id, or by seat. */
export type BookingSearch = { readonly bookingId: string } | { readonly row: string; readonly number: number };

/** A page of a venue's bookings. */
export interface VenueBookingsPage extends LatestPage {
  readonly venue: VenueKey;
  /** Only bookings in one of these states; all when null. */
  readonly status: readonly BookingStatus[] | null;
  /** All when null. */
  readonly search: BookingSearch | null;
}

const SEAT = /^([a-z]{1,3})[ -]?(\d{1,4})$/i;

/** Reads a search as people type it: a seat such as `c 7`, else a booking's id. */
export function bookingSearchOf(text: string): BookingSearch {
  const [, row, number] = SEAT.exec(text.trim()) ?? [];
  if (row === undefined || number === undefined) return { bookingId: text.trim() };
  return { row: row.toUpperCase(), number: Number(number) };
}

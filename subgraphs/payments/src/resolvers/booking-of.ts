import type { BookingReference } from '../domain/references.ts';

/** The booking that a payment or a wallet's movement is about, for booking to tell more of. */
export function bookingOf({ bookingId }: { readonly bookingId: string | null }): BookingReference | null {
  return bookingId === null ? null : { id: bookingId };
}

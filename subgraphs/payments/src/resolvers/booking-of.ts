import type { BookingReference } from '../domain/references.ts';

/** The booking of a payment or wallet transaction, resolved by the booking subgraph. */
export function bookingOf({ bookingId }: { readonly bookingId: string | null }): BookingReference | null {
  return bookingId === null ? null : { id: bookingId };
}

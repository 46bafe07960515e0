import type { Reference } from '../domain/reference.ts';

/** The booking of a payment or wallet transaction, resolved by the booking subgraph. */
export function bookingOf({ bookingId }: { readonly bookingId: string | null }): Reference | null {
  return bookingId === null ? null : { id: bookingId };
}

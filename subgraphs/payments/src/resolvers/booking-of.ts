import type { EntityReference } from '@marquee/subgraph';

/** The booking of a payment or wallet transaction, resolved by the booking subgraph. */
export function bookingOf({ bookingId }: { readonly bookingId: string | null }): EntityReference | null {
  return bookingId === null ? null : { id: bookingId };
}

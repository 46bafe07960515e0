import type { Money } from '@marquee/money';
import type { ServiceCalls } from '@marquee/subgraph';

import type { BookedSale, FetchBooking } from '../domain/payable-booking.ts';

const QUERY = `query PayableBooking($id: ID!) {
  payableBooking(id: $id) {
    id customerId showId status expiresAt requestNumber total { amount currency }
    sale { organisationId country endsAt showVersion subtotal fees tax discount coupon { amount fundedBy } }
  }
}`;

interface Response {
  readonly payableBooking: {
    readonly id: string;
    readonly customerId: string;
    readonly showId: string;
    readonly status: string;
    readonly expiresAt: string | Date;
    readonly requestNumber: number;
    readonly total: Money;
    readonly sale: Omit<BookedSale, 'showId' | 'endsAt'> & { readonly endsAt: string | Date };
  } | null;
}

/** Fetches bookings under payments' service identity. */
export function fetchBooking(calls: ServiceCalls): FetchBooking {
  return async (bookingId) => {
    const { payableBooking } = await calls.query<Response>('booking', { query: QUERY, variables: { id: bookingId } });
    if (!payableBooking) return null;
    const { id, customerId, showId, status, total, expiresAt, requestNumber, sale } = payableBooking;
    if (status !== 'PENDING_PAYMENT') return { status: 'CLOSED', id, customerId };
    const { amount, currency } = total;
    const booked = { ...sale, showId, endsAt: new Date(sale.endsAt) };
    return {
      status: 'PAYABLE',
      ...{ id, customerId, total: { amount, currency }, sale: booked },
      ...{ expiresAt: new Date(expiresAt), requestNumber },
    };
  };
}

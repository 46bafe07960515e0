import type { Money } from '@marquee/money';
import type { ServiceCalls } from '@marquee/subgraph';

import type { FetchBooking } from '../domain/payable-booking.ts';

const QUERY = `query PayableBooking($id: ID!) {
  payableBooking(id: $id) { id customerId status expiresAt total { amount currency } }
}`;

interface Response {
  readonly payableBooking: {
    readonly id: string;
    readonly customerId: string;
    readonly status: string;
    readonly expiresAt: string | Date;
    readonly total: Money;
  } | null;
}

/** Fetches bookings under payments' service identity. */
export function fetchBooking(calls: ServiceCalls): FetchBooking {
  return async (bookingId) => {
    const { payableBooking } = await calls.query<Response>('booking', { query: QUERY, variables: { id: bookingId } });
    if (!payableBooking) return null;
    const { id, customerId, status, total, expiresAt } = payableBooking;
    if (status !== 'PENDING_PAYMENT') return { status: 'CLOSED', id, customerId };
    const { amount, currency } = total;
    return { status: 'PAYABLE', id, customerId, total: { amount, currency }, expiresAt: new Date(expiresAt) };
  };
}

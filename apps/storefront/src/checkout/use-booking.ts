import { useQuery } from '@apollo/client/react';
import { useLive, useReread } from '@marquee/app-kit/api';

import { BookingStatusChangedDocument, BookingToPayDocument, type BookingToPayQuery } from '../generated/graphql.ts';

export type PaidBooking = NonNullable<BookingToPayQuery['booking']>;

/** A booking on its way to be paid, followed live. */
export function useBooking(id: string) {
  const { data, error, refetch } = useQuery(BookingToPayDocument, { variables: { id } });
  const read = (): void => void refetch().catch(() => undefined);
  useLive(BookingStatusChangedDocument, { bookingId: id }, { onEvent: read, onGap: read, skip: !data?.booking });
  useReread(read, isBeingPaid(data?.booking));
  return { booking: data?.booking ?? undefined, isMissing: data?.booking === null && !error, error, read };
}

/** The payment of the booking that may still succeed. */
export function openPayment({ payments }: PaidBooking) {
  return payments?.find(({ status }) => status === 'REQUIRES_ACTION' || status === 'PROCESSING');
}

/** Whether a payment of a booking that is not confirmed yet is under way, or done. */
function isBeingPaid(booking: PaidBooking | null | undefined): boolean {
  const isUnderWay = booking?.payments?.some(({ status }) => status !== 'FAILED' && status !== 'CANCELLED');
  return booking?.status === 'PENDING_PAYMENT' && isUnderWay === true;
}

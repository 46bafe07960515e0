import { useQuery } from '@apollo/client/react';
import { useLive } from '@marquee/app-kit/api';

import {
  BookingDetailsDocument,
  type BookingDetailsQuery,
  BookingDocument,
  type BookingQuery,
  type BookingStatus,
  BookingStatusChangedDocument,
} from '../generated/graphql.ts';

export type MainBooking = NonNullable<BookingQuery['booking']>;
export type BookingDetails = NonNullable<BookingDetailsQuery['booking']>;
export type BookedTicket = MainBooking['tickets'][number];
export type TicketDetails = BookingDetails['tickets'][number];

export interface BookingState {
  readonly booking: MainBooking | undefined;
  readonly details: BookingDetails | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  refetch(): void;
}

/** A booking with all that its pages show, kept up to date while it is shown. */
export function useBooking(id: string, onStatus?: (status: BookingStatus) => void): BookingState {
  const main = useQuery(BookingDocument, { variables: { id } });
  const more = useQuery(BookingDetailsDocument, { variables: { id } });
  const refetch = (): void => {
    void main.refetch();
    void more.refetch();
  };
  const booking = main.data?.booking ?? undefined;
  useLive(
    BookingStatusChangedDocument,
    { bookingId: id },
    {
      onEvent: ({ bookingStatusChanged }) => {
        refetch();
        onStatus?.(bookingStatusChanged.booking.status);
      },
      onGap: refetch,
      skip: booking === undefined,
    },
  );
  return {
    booking,
    details: more.data?.booking ?? undefined,
    error: main.error ?? more.error,
    isLoading: (main.loading && !main.data) || (more.loading && !more.data),
    refetch,
  };
}

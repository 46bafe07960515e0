import { skipToken, useQuery } from '@apollo/client/react';

import { useWho } from '../frame/who.tsx';
import { does, hasRole } from '../frame/work.ts';
import {
  BookingDetailsDocument,
  type BookingDetailsQuery,
  type BookingFactsFragment,
  VenueBookingDetailsDocument,
} from '../generated/graphql.ts';
import { useVenues } from '../venues/use-venues.ts';

export type SupportCase = NonNullable<BookingDetailsQuery['booking']>;

export type Payment = NonNullable<SupportCase['payments']>[number];

export interface FoundBooking {
  readonly booking: BookingFactsFragment | undefined;
  /** The customer, the history and the payments, for support; undefined for staff of the venue. */
  readonly case: SupportCase | undefined;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly refetch: () => void;
}

/** A booking, as staff of its venue or as support sees it. */
export function useBooking(id: string): FoundBooking {
  const { who } = useWho();
  const { venue, isLoading: areVenuesLoading } = useVenues();
  const isStaff = who !== undefined && does(who, 'BOOKINGS');
  const isSupport = who !== undefined && hasRole(who, ['SUPPORT_AGENT']);
  const own = useQuery(
    VenueBookingDetailsDocument,
    isStaff && venue
      ? { variables: { venueId: venue.id, bookingId: id }, fetchPolicy: 'cache-and-network' }
      : skipToken,
  );
  const cased = useQuery(
    BookingDetailsDocument,
    isSupport ? { variables: { id }, fetchPolicy: 'cache-and-network' } : skipToken,
  );
  const booking = own.data?.venue?.bookings?.edges[0]?.node ?? cased.data?.booking ?? undefined;
  return {
    booking,
    case: cased.data?.booking ?? undefined,
    isLoading: (own.loading || cased.loading || (isStaff && areVenuesLoading)) && !booking,
    error: booking ? undefined : (own.error ?? cased.error),
    refetch: () => {
      if (isStaff) void own.refetch();
      if (isSupport) void cased.refetch();
    },
  };
}

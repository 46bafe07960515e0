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

export interface TicketHolder {
  readonly id: string;
  /** Null until somebody has accepted the ticket. */
  readonly holderName: string | null;
}

export interface FoundBooking {
  readonly booking: BookingFactsFragment | undefined;
  /** The tickets by the names of whom they admit, for staff who check people in. */
  readonly holders: readonly TicketHolder[] | undefined;
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
  // Finance sees what was bought, and not by whom.
  const withHolders = who !== undefined && does(who, 'CHECK_IN');
  const own = useQuery(
    VenueBookingDetailsDocument,
    isStaff && venue
      ? { variables: { venueId: venue.id, bookingId: id, withHolders }, fetchPolicy: 'cache-and-network' }
      : skipToken,
  );
  const cased = useQuery(
    BookingDetailsDocument,
    isSupport ? { variables: { id }, fetchPolicy: 'cache-and-network' } : skipToken,
  );
  const ofVenue = own.data?.venue?.bookings?.edges[0]?.node;
  const booking = ofVenue ?? cased.data?.booking ?? undefined;
  return {
    booking,
    holders: ofVenue?.holders,
    case: cased.data?.booking ?? undefined,
    isLoading: (own.loading || cased.loading || (isStaff && areVenuesLoading)) && !booking,
    error: booking ? undefined : (own.error ?? cased.error),
    refetch: () => {
      if (isStaff) void own.refetch();
      if (isSupport) void cased.refetch();
    },
  };
}

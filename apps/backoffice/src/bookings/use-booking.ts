import { skipToken, useQuery } from '@apollo/client/react';
import { useState } from 'react';

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

/** A booking, as staff of the chosen organisation or as support sees it. */
export function useBooking(id: string): FoundBooking {
  const { who } = useWho();
  const isSupport = who !== undefined && hasRole(who, ['SUPPORT_AGENT']);
  const own = useBookingOfVenues(id);
  const cased = useQuery(
    BookingDetailsDocument,
    isSupport ? { variables: { id }, fetchPolicy: 'cache-and-network' } : skipToken,
  );
  const booking = own.booking ?? cased.data?.booking ?? undefined;
  return {
    booking,
    holders: own.booking?.holders,
    case: cased.data?.booking ?? undefined,
    isLoading: (own.isLoading || cased.loading) && !booking,
    error: booking ? undefined : (own.error ?? cased.error),
    refetch: () => {
      own.refetch();
      if (isSupport) void cased.refetch();
    },
  };
}

/** Asks the venues of the chosen organisation one by one, first the one that the person works on, until one has the booking. */
function useBookingOfVenues(id: string) {
  const { who, organisation } = useWho();
  const { venues, venue, isLoading, error, retry } = useVenues();
  const isStaff = who !== undefined && organisation !== undefined && does(who, 'BOOKINGS', organisation.id);
  // Finance sees what was bought, and not by whom.
  const withHolders = who !== undefined && does(who, 'CHECK_IN', organisation?.id);
  const [without, setWithout] = useState<readonly string[]>([]);
  const [asked] = (venue ? [venue, ...venues] : venues).filter((each) => !without.includes(each.id));
  const found = useQuery(
    VenueBookingDetailsDocument,
    isStaff && asked
      ? { variables: { venueId: asked.id, bookingId: id, withHolders }, fetchPolicy: 'cache-and-network' }
      : skipToken,
  );
  const booking = found.data?.venue?.bookings?.edges[0]?.node;
  const hasNone = !found.loading && !found.error && found.data !== undefined && !booking ? asked?.id : undefined;
  if (hasNone !== undefined) setWithout([...without, hasNone]);
  return {
    booking,
    isLoading: isStaff && (isLoading || found.loading || hasNone !== undefined),
    error: isStaff ? (found.error ?? error) : undefined,
    refetch: () => {
      if (error) retry();
      if (isStaff && asked) void found.refetch();
    },
  };
}

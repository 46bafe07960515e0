import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';

import { VenueScheduleDocument, type VenueScheduleQuery } from '../generated/graphql.ts';

export type ScheduledShow = NonNullable<NonNullable<VenueScheduleQuery['venue']>['schedule']>['edges'][number]['node'];

const PAGE = 100;

/** All shows of a venue that start within a period; the pages are read one after the other. */
export function useSchedule(venueId: string, from: string, to: string) {
  const { data, loading, error, refetch, fetchMore } = useQuery(VenueScheduleDocument, {
    variables: { venueId, from, to, first: PAGE, after: null },
    fetchPolicy: 'cache-and-network',
  });
  const connection = data?.venue?.schedule;
  const { hasNextPage, endCursor } = connection?.pageInfo ?? {};
  useEffect(() => {
    if (hasNextPage && !loading) void fetchMore({ variables: { after: endCursor ?? null } }).catch(() => undefined);
  }, [hasNextPage, endCursor, loading, fetchMore]);
  return {
    shows: connection?.edges.map(({ node }) => node) ?? [],
    isLoading: loading && !connection,
    error,
    refetch: () => void refetch(),
  };
}

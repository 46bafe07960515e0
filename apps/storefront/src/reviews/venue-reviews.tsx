import { useQuery } from '@apollo/client/react';
import { useState } from 'react';

import { type ReviewSort, VenueReviewsDocument } from '../generated/graphql.ts';
import { REVIEW_PAGE, Reviews } from './reviews.tsx';

/** Reviews of a venue. */
export function VenueReviews({ venueId }: { readonly venueId: string }) {
  const [sort, setSort] = useState<ReviewSort>('NEWEST');
  const { data, previousData, error, refetch, fetchMore } = useQuery(VenueReviewsDocument, {
    variables: { venueId, sort, first: REVIEW_PAGE, after: null },
  });
  const venue = (data ?? previousData)?.venue;
  return (
    <Reviews
      subject={{ venueId }}
      path={`/venues/${venueId}`}
      rating={venue?.rating ?? undefined}
      page={venue?.reviews ?? undefined}
      error={error}
      sort={sort}
      onSort={setSort}
      onRead={() => void refetch()}
      onMore={(after) => fetchMore({ variables: { after } })}
    />
  );
}

import { skipToken, useQuery } from '@apollo/client/react';
import { useSessionState } from '@marquee/app-kit/api';
import { useState } from 'react';

import { MyVenueReviewDocument, type ReviewSort, VenueReviewsDocument } from '../generated/graphql.ts';
import { REVIEW_PAGE, Reviews } from './reviews.tsx';

/** Reviews of a venue. */
export function VenueReviews({ venueId }: { readonly venueId: string }) {
  const [sort, setSort] = useState<ReviewSort>('NEWEST');
  const { data, previousData, error, refetch, fetchMore } = useQuery(VenueReviewsDocument, {
    variables: { venueId, sort, first: REVIEW_PAGE, after: null },
  });
  const isVisitor = useSessionState() === 'anonymous';
  const own = useQuery(MyVenueReviewDocument, isVisitor ? skipToken : { variables: { venueId } });
  const venue = (data ?? previousData)?.venue;
  return (
    <Reviews
      subject={{ venueId }}
      path={`/venues/${venueId}`}
      rating={venue?.rating ?? undefined}
      page={venue?.reviews ?? undefined}
      mine={isVisitor ? null : own.data && (own.data.venue?.viewerReview ?? null)}
      error={error ?? own.error}
      sort={sort}
      onSort={setSort}
      onRead={() => void Promise.all([refetch(), isVisitor ? undefined : own.refetch()]).catch(() => {})}
      onMore={(after) => fetchMore({ variables: { after } })}
    />
  );
}

import { skipToken, useQuery } from '@apollo/client/react';
import { useSessionState } from '@marquee/app-kit/api';

import { MyReviewsDocument, type MyReviewsQuery } from '../generated/graphql.ts';

export type MyReview = NonNullable<NonNullable<MyReviewsQuery['viewer']>['reviews']>['edges'][number]['node'];

/** The graph has no review of one person about one thing: the latest are looked through. */
const LOOKED_THROUGH = 100;

/** The signed-in person's reviews, also those that only they see. */
export function useMyReviews() {
  const isSignedIn = useSessionState() === 'signed-in';
  const { data, refetch } = useQuery(
    MyReviewsDocument,
    isSignedIn ? { variables: { first: LOOKED_THROUGH, after: null } } : skipToken,
  );
  const reviews = data?.viewer?.reviews?.edges.map(({ node }) => node) ?? [];
  return {
    myId: data?.viewer?.id,
    reviewOf: (subject: { readonly titleId: string } | { readonly venueId: string }): MyReview | undefined =>
      reviews.find(({ title, venue }) =>
        'titleId' in subject ? title?.id === subject.titleId : venue?.id === subject.venueId,
      ),
    read: () => void (isSignedIn && refetch()),
  };
}

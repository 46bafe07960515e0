import { useQuery } from '@apollo/client/react';
import { useState } from 'react';

import { type ReviewSort, TitleReviewsDocument } from '../generated/graphql.ts';
import { REVIEW_PAGE, Reviews } from './reviews.tsx';

/** Reviews of a title. */
export function TitleReviews({ titleId }: { readonly titleId: string }) {
  const [sort, setSort] = useState<ReviewSort>('NEWEST');
  const { data, previousData, error, refetch, fetchMore } = useQuery(TitleReviewsDocument, {
    variables: { titleId, sort, first: REVIEW_PAGE, after: null },
  });
  const title = (data ?? previousData)?.title;
  return (
    <Reviews
      subject={{ titleId }}
      path={`/titles/${titleId}`}
      rating={title?.rating ?? undefined}
      page={title?.reviews ?? undefined}
      error={error}
      sort={sort}
      onSort={setSort}
      onRead={() => void refetch()}
      onMore={(after) => fetchMore({ variables: { after } })}
    />
  );
}

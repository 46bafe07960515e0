import { skipToken, useQuery } from '@apollo/client/react';
import { useSessionState } from '@marquee/app-kit/api';
import { useState } from 'react';

import { MyTitleReviewDocument, type ReviewSort, TitleReviewsDocument } from '../generated/graphql.ts';
import { REVIEW_PAGE, Reviews } from './reviews.tsx';

/** Reviews of a title. */
export function TitleReviews({ titleId }: { readonly titleId: string }) {
  const [sort, setSort] = useState<ReviewSort>('NEWEST');
  const { data, previousData, error, refetch, fetchMore } = useQuery(TitleReviewsDocument, {
    variables: { titleId, sort, first: REVIEW_PAGE, after: null },
  });
  const isVisitor = useSessionState() === 'anonymous';
  const own = useQuery(MyTitleReviewDocument, isVisitor ? skipToken : { variables: { titleId } });
  const title = (data ?? previousData)?.title;
  return (
    <Reviews
      subject={{ titleId }}
      path={`/titles/${titleId}`}
      rating={title?.rating ?? undefined}
      page={title?.reviews ?? undefined}
      mine={isVisitor ? null : own.data && (own.data.title?.viewerReview ?? null)}
      error={error ?? own.error}
      sort={sort}
      onSort={setSort}
      onRead={() => void Promise.all([refetch(), isVisitor ? undefined : own.refetch()]).catch(() => {})}
      onMore={(after) => fetchMore({ variables: { after } })}
    />
  );
}

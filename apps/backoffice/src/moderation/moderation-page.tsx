import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Empty, Page, ProblemNotice, ShowMore, Skeleton } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { ModerationQueueDocument, ReviewDoubtsDocument } from '../generated/graphql.ts';
import styles from './moderation.module.css';
import { ReviewToDecide } from './review-to-decide.tsx';
import { moderationTexts } from './texts.ts';

const FIRST = 20;

/** Reviews that wait for a moderator, those that wait for longest first. */
export function Component() {
  const t = useTexts(moderationTexts);
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const { data, error, loading, refetch, fetchMore } = useQuery(ModerationQueueDocument, {
    variables: { first: FIRST, after: null },
  });
  const page = data?.moderationQueue;
  const reviews = (page?.edges.map(({ node }) => node) ?? []).filter(({ id }) => !decided.has(id));
  const { data: more } = useQuery(ReviewDoubtsDocument, {
    variables: { first: Math.min(100, Math.max(FIRST, page?.edges.length ?? 0)), after: null },
    fetchPolicy: 'no-cache',
    skip: !page,
  });
  const doubts = new Map(more?.moderationQueue.edges.map(({ node }) => [node.id, node]));
  return (
    <Page title={t('moderation')} isNarrow>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !page && <Skeleton label={t('loading')} />}
      {page && reviews.length === 0 && <Empty>{t('none')}</Empty>}
      <ul className={styles['reviews']}>
        {reviews.map((review) => (
          <li key={review.id}>
            <ReviewToDecide
              review={review}
              more={doubts.get(review.id)}
              onDecided={() => setDecided((former) => new Set([...former, review.id]))}
            />
          </li>
        ))}
      </ul>
      <ShowMore pageInfo={page?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}

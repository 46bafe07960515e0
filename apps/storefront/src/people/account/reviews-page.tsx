import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Card, Empty, ProblemNotice, Row, ShowMore, Skeleton, Soft, type Tone } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { MyReviewsDocument, type MyReviewsQuery, type ReviewStatus } from '../../generated/graphql.ts';
import styles from './account.module.css';
import { pastTexts } from './past-texts.ts';
import { Section } from './section.tsx';

const PAGE_SIZE = 20;
const TONES: Readonly<Record<ReviewStatus, Tone>> = { PUBLISHED: 'good', PENDING: 'warning', REJECTED: 'bad' };

type Review = NonNullable<NonNullable<MyReviewsQuery['viewer']>['reviews']>['edges'][number]['node'];

export function Component() {
  return (
    <Section name="reviews">
      <Reviews />
    </Section>
  );
}

function Reviews() {
  const t = useTexts(pastTexts);
  const { data, error, refetch, fetchMore } = useQuery(MyReviewsDocument, {
    variables: { first: PAGE_SIZE, after: null },
  });
  const reviews = data?.viewer?.reviews;
  if (!reviews)
    return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Skeleton label={t('loading')} />;
  if (reviews.edges.length === 0) return <Empty>{t('noReviews')}</Empty>;
  return (
    <>
      {reviews.edges.map(({ node }) => (
        <ReviewCard key={node.id} review={node} />
      ))}
      <ShowMore pageInfo={reviews.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </>
  );
}

/** A review leads to what it is about, where it can be changed. */
function ReviewCard({ review: { stars, text, status, title, venue, reply, createdAt } }: { readonly review: Review }) {
  const t = useTexts(pastTexts);
  const formats = useFormats();
  return (
    <Card>
      <h2>
        {title && <Link to={`/titles/${encodeURIComponent(title.id)}`}>{title.name}</Link>}
        {venue && <Link to={`/venues/${encodeURIComponent(venue.id)}`}>{venue.name}</Link>}
      </h2>
      <Row>
        <span>{t('stars', { stars })}</span>
        <Badge tone={TONES[status]}>{t(status)}</Badge>
        <Soft isSmall>{formats.time(createdAt, 'date')}</Soft>
      </Row>
      {text && <p className={styles['facts']}>{text}</p>}
      {reply && (
        <p>
          <strong>{t('reply')}:</strong> {reply.text}
        </p>
      )}
    </Card>
  );
}

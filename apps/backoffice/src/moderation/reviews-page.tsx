import { skipToken, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, Page, ProblemNotice, Select, ShowMore, Skeleton } from '@marquee/app-kit/ui';

import { Filters } from '../forms/grid.tsx';
import { VenueReviewsDocument } from '../generated/graphql.ts';
import { useVenues } from '../venues/use-venues.ts';
import styles from './moderation.module.css';
import { moderationTexts } from './texts.ts';
import { VenueReview } from './venue-review.tsx';

/** Reviews of a venue, and the venue's public replies. */
export function Component() {
  const t = useTexts(moderationTexts);
  const { number } = useFormats();
  const { venues, venue, choose, isLoading } = useVenues();
  const { data, error, loading, refetch, fetchMore } = useQuery(
    VenueReviewsDocument,
    venue ? { variables: { venueId: venue.id, first: 20, after: null } } : skipToken,
  );
  const page = data?.venue?.reviews;
  const rating = data?.venue?.rating;
  const reviews = page?.edges.map(({ node }) => node) ?? [];
  return (
    <Page title={t('reviews')} isNarrow>
      {venue && (
        <Filters label={t('venue')}>
          <Select
            label={t('venue')}
            value={venue.id}
            choices={venues.map(({ id, name }) => ({ id, text: name }))}
            onChange={choose}
          />
          {rating && rating.count > 0 && rating.average !== null && (
            <span>{t('rating', { average: number(rating.average, 1), count: rating.count })}</span>
          )}
        </Filters>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {(isLoading || (loading && !page)) && <Skeleton label={t('loading')} />}
      {!isLoading && !venue && <Empty>{t('noVenue')}</Empty>}
      {page && reviews.length === 0 && <Empty>{t('noReviews')}</Empty>}
      <ul className={styles['reviews']}>
        {reviews.map((review) => (
          <li key={review.id}>
            <VenueReview review={review} />
          </li>
        ))}
      </ul>
      <ShowMore pageInfo={page?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}

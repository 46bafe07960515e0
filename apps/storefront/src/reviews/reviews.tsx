import { useTexts } from '@marquee/app-kit/text';
import { Empty, ProblemNotice, Select, ShowMore, Skeleton } from '@marquee/app-kit/ui';

import type { ReviewSort } from '../generated/graphql.ts';
import { Distribution, type RatingOf } from './distribution.tsx';
import { OwnReview } from './own-review.tsx';
import type { MyReview } from './my-review.ts';
import { ReviewItem, type ShownReview } from './review-item.tsx';
import styles from './reviews.module.css';
import { reviewTexts } from './texts.ts';

export const REVIEW_PAGE = 10;

const SORTS: readonly ReviewSort[] = ['NEWEST', 'MOST_HELPFUL', 'HIGHEST', 'LOWEST'];

export interface ReviewsProps {
  readonly subject: { readonly titleId: string } | { readonly venueId: string };
  /** The page that they are on, to come back to after signing in. */
  readonly path: string;
  readonly rating: RatingOf | undefined;
  readonly page:
    | {
        readonly edges: readonly { readonly node: ShownReview }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      }
    | undefined;
  /** The signed-in person's own; undefined until it is known. */
  readonly mine: MyReview | null | undefined;
  readonly error: unknown;
  readonly sort: ReviewSort;
  readonly onSort: (sort: ReviewSort) => void;
  /** Reads the list again. */
  readonly onRead: () => void;
  readonly onMore: (after: string | null) => Promise<unknown>;
}

/** How people rate a title or a venue, what they say of it, and the way to say something oneself. */
export function Reviews({ subject, path, rating, page, mine, error, sort, onSort, onRead, onMore }: ReviewsProps) {
  const t = useTexts(reviewTexts);
  const isKnown = page !== undefined && mine !== undefined;
  const others = page?.edges.map(({ node }) => node).filter(({ id }) => id !== mine?.id) ?? [];
  return (
    <section id="reviews" className={styles['section']} aria-labelledby="reviews-heading">
      <h2 id="reviews-heading">{t('reviews')}</h2>
      {Boolean(error) && !isKnown && <ProblemNotice error={error} onRetry={onRead} />}
      {!isKnown && !error && <Skeleton label={t('loading')} />}
      {isKnown && (
        <div className={styles['columns']}>
          <div className={styles['side']}>
            {rating && <Distribution rating={rating} />}
            <OwnReview key={mine?.id} subject={subject} path={path} review={mine} onChange={onRead} />
          </div>
          <div className={styles['side']}>
            {others.length === 0 && !mine && (
              <Empty>
                <p>{t('none')}</p>
              </Empty>
            )}
            {others.length > 1 && (
              <div className={styles['sort']}>
                <Select
                  label={t('sort')}
                  value={sort}
                  choices={SORTS.map((id) => ({ id, text: t(id) }))}
                  onChange={onSort}
                />
              </div>
            )}
            <ul className={styles['list']}>
              {others.map((review) => (
                <li key={review.id}>
                  <ReviewItem review={review} path={path} />
                </li>
              ))}
            </ul>
            <ShowMore pageInfo={page.pageInfo} onMore={onMore} />
          </div>
        </div>
      )}
    </section>
  );
}

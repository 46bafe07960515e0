import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Hidden, ProblemNotice, ShowMore, Skeleton } from '@marquee/app-kit/ui';

import { type BookingStatus, BookingsPageDocument } from '../../generated/graphql.ts';
import { BookingCard } from './booking-card.tsx';
import styles from './list.module.css';
import { listTexts } from './texts.ts';

interface BookingListProps {
  readonly status: readonly BookingStatus[];
  readonly isPast: boolean;
}

/** Bookings of some statuses; those that are coming up by the time of the show. */
export function BookingList({ status, isPast }: BookingListProps) {
  const t = useTexts(listTexts);
  const { data, error, loading, refetch, fetchMore } = useQuery(BookingsPageDocument, {
    variables: { status, first: 12, after: null },
  });
  const bookings = data?.viewer?.bookings;
  const nodes = (bookings?.edges ?? []).map(({ node }) => node);
  const ordered = isPast ? nodes : nodes.toSorted((a, b) => a.show.startsAt.localeCompare(b.show.startsAt));
  if (loading && !bookings) return <Skeleton label={t('loading')} />;
  return (
    <>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {bookings && (
        <Hidden>
          <span role="status">{t('found', { count: bookings.totalCount })}</span>
        </Hidden>
      )}
      {bookings && nodes.length === 0 && (
        <Empty>
          <p>{t(isPast ? 'nonePast' : 'noneUpcoming')}</p>
          {!isPast && <ButtonLink href="/">{t('discover')}</ButtonLink>}
        </Empty>
      )}
      <ul className={styles['list']}>
        {ordered.map((booking) => (
          <li key={booking.id}>
            <BookingCard booking={booking} />
          </li>
        ))}
      </ul>
      <ShowMore pageInfo={bookings?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </>
  );
}

import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Poster } from '@marquee/app-kit/picture';
import { Link } from 'react-router';

import type { BookingsPageQuery } from '../../generated/graphql.ts';
import { StatusBadge } from '../status.tsx';
import styles from './list.module.css';
import { listTexts } from './texts.ts';

type Bookings = NonNullable<NonNullable<BookingsPageQuery['viewer']>['bookings']>;

/** A booking in a list: a day to look for, the show, the place. */
export function BookingCard({ booking }: { readonly booking: Bookings['edges'][number]['node'] }) {
  const t = useTexts(listTexts);
  const { time, money } = useFormats();
  const { id, show, status, tickets, price } = booking;
  const { timeZone } = show.venue.city;
  const valid = tickets.filter((ticket) => ticket.status !== 'CANCELLED').length;
  return (
    <article className={styles['card']}>
      <div className={styles['poster']} aria-hidden="true">
        <Poster title={show.title} isDecorative />
      </div>
      <div className={styles['day']} aria-hidden="true">
        <span>{time(show.startsAt, 'month', timeZone)}</span>
        <strong>{time(show.startsAt, 'dayOfMonth', timeZone)}</strong>
        <span>{time(show.startsAt, 'time', timeZone)}</span>
      </div>
      <div className={styles['text']}>
        <h2>
          <Link to={`/bookings/${id}`} className={styles['link']}>
            {show.title.name}
          </Link>
        </h2>
        <p>{time(show.startsAt, 'moment', timeZone)}</p>
        <p className={styles['soft']}>
          {show.venue.name}, {show.venue.city.name}
        </p>
      </div>
      <div className={styles['side']}>
        <StatusBadge status={status} />
        <span>{valid > 0 ? t('count', { count: valid }) : t('count', { count: tickets.length })}</span>
        <span className={styles['soft']}>{money(price.total)}</span>
      </div>
    </article>
  );
}

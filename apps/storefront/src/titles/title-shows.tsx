import { useTexts } from '@marquee/app-kit/text';
import { Button, Empty, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link } from 'react-router';

import type { ChosenCity } from '../city/city.ts';
import { DayStrip } from '../days/day-strip.tsx';
import { daysFrom } from '../days/days.ts';
import type { TitlePageQuery } from '../generated/graphql.ts';
import { grouped } from './grouped.ts';
import { Reminder } from './reminder.tsx';
import { ShowLink } from './show-link.tsx';
import styles from './shows.module.css';
import { Rating } from './stars.tsx';
import { titleTexts } from './texts.ts';

type Show = NonNullable<TitlePageQuery['title']>['shows']['edges'][number]['node'];

export interface TitleShowsProps {
  readonly titleId: string;
  readonly city: ChosenCity | undefined;
  readonly today: string;
  readonly date: string;
  /** The days with shows; undefined until they are known. */
  readonly dates: readonly string[] | undefined;
  /** Those of the day; undefined until they are known. */
  readonly shows: readonly Show[] | undefined;
}

const FEW_DAYS = 14;

/** The days on which a title is shown, and the shows of one by venue; without any day the way to be told. */
export function TitleShows({ titleId, city, today, date, dates, shows }: TitleShowsProps) {
  const t = useTexts(titleTexts);
  const [isLong, setLong] = useState(false);
  if (!city) return null;
  const last = dates?.at(-1) ?? today;
  const hasMore = last > (daysFrom(today, FEW_DAYS).at(-1) ?? today);
  const days = isLong ? (dates ?? []) : [...new Set([...daysFrom(today, FEW_DAYS), date])].toSorted();
  return (
    <section className={styles['section']} aria-labelledby="shows">
      <h2 id="shows">{t('shows', { city: city.name })}</h2>
      {dates?.length === 0 ? (
        <Empty>
          <p>{t('noDates', { city: city.name })}</p>
          <Reminder titleId={titleId} city={city} />
        </Empty>
      ) : (
        <>
          <DayStrip
            label={t('days')}
            days={days}
            today={today}
            selected={date}
            {...(dates && { open: new Set(dates) })}
            hrefOf={(day) => `?date=${day}`}
          />
          {hasMore && !isLong && (
            <div>
              <Button kind="bare" onPress={() => setLong(true)}>
                {t('moreDays')}
              </Button>
            </div>
          )}
          {!shows && <Skeleton label={t('loading')} />}
          {shows?.length === 0 && <p>{t('noShows')}</p>}
          {shows && <Venues shows={shows} timeZone={city.timeZone} />}
        </>
      )}
    </section>
  );
}

function Venues({ shows, timeZone }: { readonly shows: readonly Show[]; readonly timeZone: string }) {
  const venues = grouped(shows, ({ venue }) => venue.id);
  return (
    <ul className={styles['venues']}>
      {[...venues].map(([id, here]) => {
        const venue = here[0]?.venue;
        return (
          <li key={id} className={styles['venue']}>
            <div>
              <h3>
                <Link to={`/venues/${id}`}>{venue?.name}</Link>{' '}
                {venue?.rating?.average && <Rating average={venue.rating.average} />}
              </h3>
              <Soft isSmall>{venue?.address}</Soft>
            </div>
            <ul className={styles['shows']}>
              {here.map((show) => (
                <li key={show.id}>
                  <ShowLink show={show} timeZone={timeZone} />
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

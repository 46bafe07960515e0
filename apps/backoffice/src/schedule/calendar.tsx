import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { clockOf } from '../time/dates.ts';
import type { MyVenue } from '../venues/use-venues.ts';
import styles from './schedule.module.css';
import { scheduleTexts } from './texts.ts';
import type { ScheduledShow } from './use-schedule.ts';
import { byScreenAndDay, daysFrom, soldPercent } from './week.ts';

export interface CalendarProps {
  readonly venue: MyVenue;
  readonly from: string;
  readonly today: string;
  readonly shows: readonly ScheduledShow[];
}

/** A week of a venue: a row for each screen, a column for each day. */
export function Calendar({ venue, from, today, shows }: CalendarProps) {
  const t = useTexts(scheduleTexts);
  const formats = useFormats();
  const { timeZone } = venue.city;
  const days = daysFrom(from);
  const showsAt = byScreenAndDay(shows, timeZone);
  return (
    <>
      {shows.length === 0 && <Soft>{t('noShows')}</Soft>}
      <section className={styles['scroll']} aria-label={t('title')} tabIndex={0}>
        <table className={styles['calendar']}>
          <thead>
            <tr>
              <th scope="col">{t('screen')}</th>
              {days.map((day) => (
                <th key={day} scope="col" data-today={day === today || undefined}>
                  {formats.day(day)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {venue.screens.map((screen) => (
              <tr key={screen.id}>
                <th scope="row">
                  {screen.name}
                  <Soft isSmall>{formats.number(screen.capacity)}</Soft>
                </th>
                {days.map((day) => (
                  <td key={day} data-day={formats.day(day)} data-today={day === today || undefined}>
                    <ul>
                      {showsAt(screen.id, day).map((show) => (
                        <li key={show.id}>
                          <ShowBlock show={show} timeZone={timeZone} />
                        </li>
                      ))}
                    </ul>
                    {day >= today && (
                      <Link
                        className={styles['plan'] ?? ''}
                        to={`/schedule/new?screen=${screen.id}&day=${day}`}
                        aria-label={t('planHere', { screen: screen.name, day: formats.day(day) })}
                      >
                        +
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function ShowBlock({ show, timeZone }: { readonly show: ScheduledShow; readonly timeZone: string }) {
  const t = useTexts(scheduleTexts);
  const { availability, status } = show;
  const percent = availability ? soldPercent(availability) : 0;
  return (
    <Link to={`/schedule/shows/${show.id}`} className={styles['block'] ?? ''} data-status={status}>
      <span className={styles['clock']}>
        {clockOf(show.startsAt, timeZone)}–{clockOf(show.endsAt, timeZone)}
      </span>
      <span className={styles['name']}>{show.title.name}</span>
      {status === 'ON_SALE' && availability ? (
        <>
          <svg className={styles['meter']} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect className={styles['track']} width={100} height={4} />
            <rect className={styles['fill']} width={percent} height={4} />
          </svg>
          <span className={styles['small']}>{t('sold', { sold: availability.sold, total: availability.total })}</span>
        </>
      ) : (
        <span className={styles['small']}>{t(status)}</span>
      )}
    </Link>
  );
}

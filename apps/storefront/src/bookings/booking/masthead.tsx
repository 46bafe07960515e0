import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Facts, Row, Soft } from '@marquee/app-kit/ui';
import { Poster } from '@marquee/app-kit/picture';
import { Link } from 'react-router';

import { StatusBadge } from '../status.tsx';
import type { BookingDetails, MainBooking } from '../use-booking.ts';
import styles from './booking.module.css';
import { bookingTexts } from './texts.ts';

interface MastheadProps {
  readonly booking: MainBooking;
  readonly details: BookingDetails;
}

/** The show of a booking: what, when and where. */
export function Masthead({ booking: { id, status, show }, details }: MastheadProps) {
  const t = useTexts(bookingTexts);
  const { time } = useFormats();
  const { venue, endsAt, format, language, title } = details.show;
  const numberText = <code className={styles['number']}>{id}</code>;
  const { timeZone } = venue.city;
  const { latitude, longitude } = venue.location;
  return (
    <header className={styles['masthead']}>
      <div className={styles['poster']}>
        <Poster title={{ ...show.title, ...title }} isDecorative />
      </div>
      <div className={styles['about']}>
        <Row>
          <Link to="/bookings" className={styles['back']}>
            ← {t('all')}
          </Link>
          <StatusBadge status={status} />
        </Row>
        <h1>
          <Link to={`/titles/${show.title.id}`} className={styles['name']}>
            {show.title.name}
          </Link>
        </h1>
        <Facts
          facts={[
            [
              t('when'),
              <>
                {time(show.startsAt, 'moment', timeZone)}{' '}
                <Soft isSmall>{t('until', { time: time(endsAt, 'time', timeZone) })}</Soft>
              </>,
            ],
            [
              t('where'),
              <>
                <Link to={`/venues/${show.venue.id}`}>{show.venue.name}</Link>, {show.screen.name}
                <br />
                <Soft isSmall>
                  {show.venue.address} ·{' '}
                  <a
                    href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {t('map')}
                  </a>
                </Soft>
              </>,
            ],
            [t('format'), `${format}, ${language}`],
            [t('number'), numberText],
          ]}
        />
      </div>
    </header>
  );
}
